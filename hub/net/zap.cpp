// Version, request id, domain, address, routing id, mechanism, key; and back: version, request id, status, text, user
// id, metadata.
#include "hub/net/zap.hpp"

#include <algorithm>

#include "hub/net/text.hpp"

namespace attune::net {

namespace {

constexpr std::string_view digits = "0123456789abcdef";

}  // namespace

ZapRequest read_zap(std::span<const std::span<const std::byte>> parts) {
    ZapRequest request;
    if (parts.size() < 2 || text(parts[0]) != "1.0") return request;
    request.id = text(parts[1]);
    if (parts.size() != 7) return request;
    request.address = text(parts[3]);
    if (text(parts[2]) != zap_domain || text(parts[5]) != "CURVE") return request;
    app::CurveKey key;
    if (parts[6].size() != key.size()) return request;
    std::ranges::copy(parts[6], key.begin());
    request.key = key;
    return request;
}

std::vector<std::string> zap_answer(const ZapRequest& request, std::string_view user_id) {
    const bool in = request.key && !user_id.empty();
    // 400 and not 300: a refused client is not asked to come back at once. The text is for no stranger's eyes.
    return {"1.0", request.id, in ? "200" : "400", in ? "OK" : "no", std::string(in ? user_id : ""), ""};
}

std::string user_id_of(const app::CurveKey& key) {
    std::string id;
    id.reserve(2 * key.size());
    for (const std::byte byte : key) {
        id.push_back(digits[std::to_integer<std::size_t>(byte >> 4)]);
        id.push_back(digits[std::to_integer<std::size_t>(byte & std::byte{15})]);
    }
    return id;
}

std::optional<app::CurveKey> key_of_user_id(std::string_view user_id) {
    app::CurveKey key;
    if (user_id.size() != 2 * key.size()) return std::nullopt;
    for (std::size_t at = 0; at < key.size(); ++at) {
        const auto high = digits.find(user_id[2 * at]), low = digits.find(user_id[2 * at + 1]);
        if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
        key[at] = static_cast<std::byte>(high << 4 | low);
    }
    return key;
}

}  // namespace attune::net
