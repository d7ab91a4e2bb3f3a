from alongside.foundation.packages import Package


class ContractsConfig(Package):
    name = "alongside.contracts"
    label = "contracts"
