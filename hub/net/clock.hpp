// The real world behind the app's ports: clock, randomness, and one thread for what is too slow for the io thread.
#pragma once

#include <boost/asio/io_context.hpp>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include "hub/app/ports.hpp"

namespace attune::net {

/// Monotonic: CLOCK_BOOTTIME, which goes on while the machine sleeps. Any thread.
class SystemClock final : public app::Clock {
  public:
    core::Ms monotonic_ms() override;
    core::Ms wall_ms() override;
};

/// libsodium, ready for whatever of it is used next. Throws std::runtime_error when it has no randomness. Any thread.
void need_sodium();

/// libsodium's generator. The constructor throws std::runtime_error when there is none. Any thread.
class SystemRandom final : public app::Random {
  public:
    SystemRandom();
    void fill(std::span<std::byte> bytes) override;
};

/// One thread for argon2id (libsodium's interactive limits: 64 MiB, about 0.1 s). At most `jobs_max` wait; what comes
/// on top fails at once: an empty hash, a wrong PIN. Used on the io thread; each `done` is posted there, and pending
/// jobs keep io.run() going. The destructor waits for the job under way and drops the rest without calling `done`.
class HashingThread final : public app::Work {
  public:
    explicit HashingThread(boost::asio::io_context& io, std::size_t jobs_max = 64);
    ~HashingThread() override;
    HashingThread(const HashingThread&) = delete;
    HashingThread& operator=(const HashingThread&) = delete;

    void hash_pin(std::string pin, std::function<void(std::string argon2id)> done) override;
    void check_pin(std::string argon2id, std::string pin, std::function<void(bool right)> done) override;

  private:
    void add(std::function<void()> job, std::function<void()> refuse);
    void run();

    boost::asio::io_context& io_;
    const std::size_t jobs_max_;
    std::mutex mutex_;
    std::condition_variable woken_;
    std::deque<std::function<void()>> jobs_;  // guarded by mutex_
    bool stopping_ = false;                   // guarded by mutex_
    std::thread thread_;
};

}  // namespace attune::net
