from alongside.foundation.packages import Package


class OrganisationsConfig(Package):
    name = "alongside.organisations"
    label = "organisations"
