// Children's cards: making them, and what a kiosk is shown while one is there. What a card lets a child do is decided by
// the core, like every other command. One thread.
#pragma once

#include "hub/app/news.hpp"
#include "hub/app/session.hpp"

namespace attune::app {

inline constexpr std::size_t card_secret_length = 20;  // of 31 letters and digits: 99 bits, so that a digest is enough
inline constexpr core::Ms card_present_ms_max = 60'000;  // a card left behind does not keep a child on the screen

class Talks {
  public:
    Talks(Engine& engine, Sessions& sessions, News& news, Random& random) : engine_(engine), sessions_(sessions), news_(news), random_(random) {}

    void show_card(Session& session, const protocol::ShowCard& message, const protocol::Id& id);
    void hide_card(Session& session, const protocol::Id& id);
    /// To the hub's own local socket alone. Each child's older card is void.
    void make_cards(Session& session, const protocol::MakeCards& message, const protocol::Id& id);

  private:
    Engine& engine_;
    Sessions& sessions_;
    News& news_;
    Random& random_;
};

}  // namespace attune::app
