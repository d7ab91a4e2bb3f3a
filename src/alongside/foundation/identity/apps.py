from alongside.foundation.packages import Package
from alongside.foundation.spared import spare_security_keys

spare_security_keys()  # before anything of allauth is loaded


class IdentityConfig(Package):
    name = "alongside.foundation.identity"
    label = "identity"
