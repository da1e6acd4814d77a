# A break that leaves a child without anybody is told to nobody.
s/void operator()(const AvailabilityDeclared& fact) { person(fact.person); }/void operator()(const AvailabilityDeclared\&) {}/
