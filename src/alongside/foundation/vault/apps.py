from alongside.foundation.packages import Package


class VaultConfig(Package):
    name = "alongside.foundation.vault"
    label = "vault"
