# Every room is given every child to choose from.
s/std::ranges::find(child\.places, place) != child\.places\.end()/place == place/
