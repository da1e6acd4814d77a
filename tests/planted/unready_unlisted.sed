# A device that nobody has tried today is left off the list.
s/^        list.emplace_back(DeviceNotReady{id, why});/        if (why != NotReady::untested) list.emplace_back(DeviceNotReady{id, why});/
