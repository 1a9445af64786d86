// Ten thousand rows are not laid out before most of them are taken off the page: overview.js takes this away again.
document.documentElement.className = "early";
