from alongside.foundation.packages import Package


class RelationshipsConfig(Package):
    name = "alongside.relationships"
    label = "relationships"
