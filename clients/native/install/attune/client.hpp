// The native client of an Attune hub: attune::client::Client, and the messages of the wire in attune::protocol.
#pragma once

#include "clients/native/client.hpp"  // IWYU pragma: export
