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

std::size_t Flusher::in_this_round(std::span<const std::size_t> bytes, bool idle, Clock::duration waited) {
    if (waited >= wait_max) return bytes.size();
    if (idle || bytes.empty()) return std::min(bytes.size(), in_a_row_max);
    const std::size_t little = bytes.front() / little_of_most;
    return static_cast<std::size_t>(std::ranges::find_if(bytes, [&](std::size_t each) { return each < little; }) - bytes.begin());
}

void Flusher::flush(bool idle) {
    const Clock::time_point begun = Clock::now();
    std::vector<std::shared_ptr<Link>> round = std::exchange(links_, {});
    // Whose last write is still on its way takes the rest along when that has ended: how much waits there counts for nobody.
    std::erase_if(round, [](const auto& link) {
        if (link->writing_) link->flush_wanted_ = false;
        return link->writing_;
    });
    std::ranges::stable_sort(round, std::greater{}, [](const auto& link) { return link->outbox_.bytes(); });
    std::vector<std::size_t> bytes;
    for (const auto& link : round) bytes.push_back(link->outbox_.bytes());
    const auto later = round.begin() + static_cast<std::ptrdiff_t>(in_this_round(bytes, idle, waits_since_ ? begun - *waits_since_ : Clock::duration()));
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
