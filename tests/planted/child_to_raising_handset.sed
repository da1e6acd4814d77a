# A handset that raised a call is told for whom it is, as if it were the room.
s/stands_for_its_place(device\.kind) && seer\.relation == Relation::raiser/seer.relation == Relation::raiser/
