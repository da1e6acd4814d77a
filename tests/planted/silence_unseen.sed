# Nobody listens to the devices' heartbeats: a device that has fallen silent is never noted.
s/engine_\.submit(core::ReportHealth{device, false, {}}, core::Principal{});/(void)device;/
