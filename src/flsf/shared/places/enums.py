from enum import StrEnum


class Tag(StrEnum):
    SCHOOLS_IMPORTED = "shared:school:imported"
    SCHOOL_INVITED = "shared:school:invited"
    POSTCODES_IMPORTED = "shared:postcode:imported"
    WARDS_IMPORTED = "shared:ward:imported"
