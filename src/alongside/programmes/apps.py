from alongside.foundation.packages import Package


class ProgrammesConfig(Package):
    name = "alongside.programmes"
    label = "programmes"
