// What is compiled once of events: how they are copied, moved and ended.
#include "hub/core/event.hpp"

#include <memory>

namespace attune::core {

Fact::Fact() = default;
Fact::Fact(const Fact&) = default;
Fact::Fact(Fact&&) noexcept = default;
Fact::~Fact() = default;

Fact& Fact::operator=(const Fact& other) {
    if (this != &other) *this = Fact(other);
    return *this;
}

Fact& Fact::operator=(Fact&& other) noexcept {
    if (this == &other) return *this;
    std::destroy_at(this);
    std::construct_at(this, std::move(other));
    return *this;
}

}  // namespace attune::core
