// Coalesces the journal's news for the engine.
#include "hub/journal/outlet.hpp"

#include <utility>

namespace attune::journal {

Outlet::Outlet(Post post, Callbacks callbacks) : post_(std::move(post)), callbacks_(std::move(callbacks)) {}

void Outlet::durable(std::uint64_t seq) {
    std::unique_lock lock(mutex_);
    durable_ = seq;
    post_delivery(std::move(lock));
}

void Outlet::failed(std::string reason) {
    std::unique_lock lock(mutex_);
    has_failed_ = true;
    reason_ = std::move(reason);
    post_delivery(std::move(lock));
}

void Outlet::tell(std::function<void()> news) {
    post_([self = shared_from_this(), news = std::move(news)] {
        if (!self->closed_) news();
    });
}

void Outlet::post_delivery(std::unique_lock<std::mutex> lock) {
    const bool wanted = !std::exchange(posted_, true);
    lock.unlock();
    if (wanted) post_([self = shared_from_this()] { self->deliver(); });
}

void Outlet::deliver() {
    std::unique_lock lock(mutex_);
    posted_ = false;
    const std::uint64_t seq = durable_;
    const bool has_failed = has_failed_;
    const std::string reason = reason_;
    lock.unlock();
    if (closed_) return;
    if (seq > std::exchange(told_, seq) && callbacks_.durable) callbacks_.durable(seq);
    // The engine may have stopped the journal in between.
    if (has_failed && !closed_ && !std::exchange(told_failure_, true) && callbacks_.failed) callbacks_.failed(reason);
}

void Outlet::close() { closed_ = true; }

}  // namespace attune::journal
