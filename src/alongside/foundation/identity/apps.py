from alongside.foundation.packages import Package


class IdentityConfig(Package):
    name = "alongside.foundation.identity"
    label = "identity"
