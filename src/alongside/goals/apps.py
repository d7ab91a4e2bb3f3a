from alongside.foundation.packages import Package


class GoalsConfig(Package):
    name = "alongside.goals"
    label = "goals"
