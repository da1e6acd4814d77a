// One round of writing, and the rest after it.
#include "hub/net/flusher.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <functional>
#include <utility>

#include "hub/net/link.hpp"

namespace attune::net {

void Flusher::add(std::shared_ptr<Link> link) {
    links_.push_back(std::move(link));
    if (links_.size() > 1) return;  // the round is arranged
    if (Clock::now() < rest_until_) return rest();
    boost::asio::post(io_, [this] { flush(); });
}

void Flusher::rest() {
    boost::asio::post(io_, [this, turns = turns_] {
        if (turns == turns_ || Clock::now() >= rest_until_) return flush();
        rest();
    });
}

void Flusher::flush() {
    const Clock::time_point begun = Clock::now();
    std::vector<std::shared_ptr<Link>> round = std::exchange(links_, {});
    // Whoever is told most comes first. In a storm those are the handsets, which have to sound, and what a room is told of
    // its own call costs as much to write as all that a handset is told.
    std::ranges::stable_sort(round, std::greater{}, [](const auto& link) { return link->outbox_.bytes(); });
    // Writing may end a connection, which asks for nothing more here: the list is complete.
    for (const auto& link : round) {
        link->flush_wanted_ = false;
        link->kick();
    }
    const Clock::time_point now = Clock::now();
    rest_until_ = now + std::min<Clock::duration>((now - begun) * rest_for_work, rest_max);
}

}  // namespace attune::net
