# Whoever may lead no longer keeps the browsers that are open.
s/may_lead(fact.person) ? std::vector<Fact>{}/true ? std::vector<Fact>{}/
