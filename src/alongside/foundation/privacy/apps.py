from alongside.foundation.packages import Package


class PrivacyConfig(Package):
    name = "alongside.foundation.privacy"
    label = "privacy"
