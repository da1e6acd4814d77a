// What is compiled once of commands: how they are copied, moved and ended.
#include "hub/core/command.hpp"

#include <memory>

namespace attune::core {

Intent::Intent() = default;
Intent::Intent(const Intent&) = default;
Intent::Intent(Intent&&) noexcept = default;
Intent::~Intent() = default;

Intent& Intent::operator=(const Intent& other) {
    if (this != &other) *this = Intent(other);
    return *this;
}

Intent& Intent::operator=(Intent&& other) noexcept {
    if (this == &other) return *this;
    std::destroy_at(this);
    std::construct_at(this, std::move(other));
    return *this;
}

}  // namespace attune::core
