// One round of writing, and the rest after it.
#include "hub/net/flusher.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <functional>
#include <iterator>
#include <utility>

#include "hub/net/link.hpp"

namespace attune::net {

void Flusher::add(std::shared_ptr<Link> link) {
    links_.push_back(std::move(link));
    if (std::exchange(arranged_, true)) return;
    if (Clock::now() < rest_until_) return rest();
    boost::asio::post(io_, [this] { flush(false); });
}

void Flusher::rest() {
    boost::asio::post(io_, [this, turns = turns_] {
        const bool idle = turns == turns_;
        if (idle || Clock::now() >= rest_until_) return flush(idle);
        rest();
    });
}

void Flusher::flush(bool idle) {
    const Clock::time_point begun = Clock::now();
    std::vector<std::shared_ptr<Link>> round = std::exchange(links_, {});
    std::ranges::stable_sort(round, std::greater{}, [](const auto& link) { return link->outbox_.bytes(); });
    auto later = round.end();
    if (waits_since_ && begun - *waits_since_ >= wait_max) {
        // Everybody.
    } else if (idle) {
        later = round.begin() + static_cast<std::ptrdiff_t>(std::min(round.size(), in_a_row_max));
    } else {
        const std::size_t little = round.front()->outbox_.bytes() / little_of_most;
        later = std::ranges::find_if(round, [&](const auto& link) { return link->outbox_.bytes() < little; });
    }
    links_.assign(std::move_iterator(later), std::move_iterator(round.end()));
    round.erase(later, round.end());
    if (links_.empty()) waits_since_.reset();
    else if (!waits_since_) waits_since_ = begun;
    // Writing may end a connection, which asks for nothing more here: the list is complete.
    for (const auto& link : round) {
        link->flush_wanted_ = false;
        link->kick();
    }
    const Clock::time_point now = Clock::now();
    rest_until_ = now + std::min<Clock::duration>((now - begun) * rest_for_work, rest_max);
    arranged_ = !links_.empty();
    if (arranged_) rest();
}

}  // namespace attune::net
