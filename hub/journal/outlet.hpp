// The way back from the journal's thread to the engine's: what has become durable, and that it failed. However often
// the journal commits, at most one delivery waits on the engine's thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "hub/journal/journal.hpp"

namespace attune::journal {

/// Runs the function later on the engine's thread; may be called on any thread.
using Post = std::function<void(std::function<void()>)>;

/// Shared by the journal and by what it has posted, so that a delivery that comes late finds it closed and not gone.
class Outlet : public std::enable_shared_from_this<Outlet> {
  public:
    Outlet(Post post, Callbacks callbacks);

    // On the journal's thread.
    void durable(std::uint64_t seq);
    void failed(std::string reason);
    /// Any other news; not told once closed.
    void tell(std::function<void()> news);

    // On the engine's thread.
    void deliver();
    void close();

  private:
    void post_delivery(std::unique_lock<std::mutex> lock);

    const Post post_;
    const Callbacks callbacks_;
    std::mutex mutex_;
    std::uint64_t durable_ = 0;
    std::string reason_;
    bool has_failed_ = false;
    bool posted_ = false;
    // The engine's thread only.
    std::uint64_t told_ = 0;
    bool told_failure_ = false;
    std::atomic<bool> closed_ = false;  // again by whoever destroys a journal that was muted
};

}  // namespace attune::journal
