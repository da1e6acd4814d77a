// ZAP, the protocol by which libzmq asks who may come in (ZeroMQ RFC 27): its frames, read and written strictly. Pure.
// Anything that is not a CURVE client in our own domain is refused.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hub/app/ports.hpp"

namespace attune::net {

/// Of the hub's ROUTER.
inline constexpr std::string_view zap_domain = "attune";

struct ZapRequest {
    std::string id;                     // to be answered with; empty where even that could not be read
    std::string address;                // of the client, without its port
    std::optional<app::CurveKey> key;   // nothing: to be refused, whoever it is
};

/// Never fails: what can't be read has no key.
ZapRequest read_zap(std::span<const std::span<const std::byte>> parts);

/// The parts of an answer. With a user id the client is let in, and each of its messages will bear it.
std::vector<std::string> zap_answer(const ZapRequest& request, std::string_view user_id);

/// A key as a user id, which has to be text, and back.
std::string user_id_of(const app::CurveKey& key);
std::optional<app::CurveKey> key_of_user_id(std::string_view user_id);

}  // namespace attune::net
