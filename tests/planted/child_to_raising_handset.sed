# A handset that raised a call is told for whom it is, as if it were the room.
s/device\.kind == DeviceKind::room && seer\.relation == Relation::raiser/seer.relation == Relation::raiser/
