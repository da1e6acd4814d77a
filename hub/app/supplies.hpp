// Adults for today: their one-time PIN, made here and shown once, and the list that leaders see. What they may be and
// when they are gone is decided by the core. One thread.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <vector>

#include "hub/app/session.hpp"

namespace attune::app {

inline constexpr std::size_t supply_pin_digits = 6;

class Supplies {
  public:
    Supplies(Engine& engine, Sessions& sessions, Random& random, Work& work) : engine_(engine), sessions_(sessions), random_(random), work_(work) {}

    /// Answers when the PIN is hashed and they are on disk.
    void add(Session& session, const protocol::AddSupply& message, const protocol::Id& id);
    void list(Session& session, const protocol::Id& id);

  private:
    using Key = std::pair<protocol::Id, core::DeviceId>;
    struct Given {
        Key key;
        protocol::SupplyAdded added;
    };

    std::string fresh_pin();
    void refuse(const Key& key, protocol::Error why);
    void finish(const Key& key, const core::Principal& by, core::AddSupply intent, const std::string& pin);

    Engine& engine_;
    Sessions& sessions_;
    Random& random_;
    Work& work_;
    std::map<Key, std::vector<ConnectionId>> working_;
    std::deque<Given> given_;  // the newest answers, for a command that is sent again
    std::shared_ptr<int> alive_ = std::make_shared<int>(0);
};

protocol::Supplies supplies_list(const core::State& state);

}  // namespace attune::app
