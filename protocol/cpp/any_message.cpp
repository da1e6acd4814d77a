// What is compiled once of AnyMessage: how it is copied, moved and ended.
#include <memory>

#include "protocol/cpp/generated/messages.hpp"

namespace attune::protocol {

AnyMessage::AnyMessage() = default;
AnyMessage::AnyMessage(const AnyMessage&) = default;
AnyMessage::AnyMessage(AnyMessage&&) noexcept = default;
AnyMessage::~AnyMessage() = default;

AnyMessage& AnyMessage::operator=(const AnyMessage& other) {
  if (this != &other) *this = AnyMessage(other);
  return *this;
}

AnyMessage& AnyMessage::operator=(AnyMessage&& other) noexcept {
  if (this == &other) return *this;
  std::destroy_at(this);
  std::construct_at(this, std::move(other));
  return *this;
}

}  // namespace attune::protocol
