// Clock, randomness and hashing of the real machine.
#include "hub/net/clock.hpp"

#include <sodium.h>

#include <array>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <ctime>
#include <memory>
#include <stdexcept>
#include <utility>

namespace attune::net {
namespace {

core::Ms read_clock(clockid_t which) {
    timespec now{};
    ::clock_gettime(which, &now);
    return static_cast<core::Ms>(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000;
}

std::string argon2id_of(std::string pin) {
    std::array<char, crypto_pwhash_STRBYTES> text{};
    const int failed = crypto_pwhash_str(text.data(), pin.data(), pin.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                         crypto_pwhash_MEMLIMIT_INTERACTIVE);
    sodium_memzero(pin.data(), pin.size());
    return failed != 0 ? std::string() : std::string(text.data());
}

bool is_right(const std::string& argon2id, std::string pin) {
    const bool right = crypto_pwhash_str_verify(argon2id.c_str(), pin.data(), pin.size()) == 0;
    sodium_memzero(pin.data(), pin.size());
    return right;
}

}  // namespace

core::Ms SystemClock::monotonic_ms() {
    return read_clock(CLOCK_BOOTTIME);
}
core::Ms SystemClock::wall_ms() {
    return read_clock(CLOCK_REALTIME);
}

void need_sodium() {
    if (sodium_init() < 0) throw std::runtime_error("This machine gives no randomness. Start it anew, and attuned after it.");
}

SystemRandom::SystemRandom() {
    need_sodium();
}
void SystemRandom::fill(std::span<std::byte> bytes) {
    randombytes_buf(bytes.data(), bytes.size());
}

HashingThread::HashingThread(boost::asio::io_context& io, std::size_t jobs_max) : io_(io), jobs_max_(jobs_max) {
    need_sodium();
    thread_ = std::thread([this] { run(); });
}

HashingThread::~HashingThread() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    woken_.notify_one();
    thread_.join();
}

void HashingThread::hash_pin(std::string pin, std::function<void(std::string)> done) {
    auto guard =
        std::make_shared<boost::asio::executor_work_guard<boost::asio::io_context::executor_type>>(io_.get_executor());
    add(
        [this, guard, pin = std::move(pin), done]() mutable {
            boost::asio::post(io_, [guard = std::move(guard), done = std::move(done),
                                    hash = argon2id_of(std::move(pin))]() mutable { done(std::move(hash)); });
        },
        [this, done] { boost::asio::post(io_, [done] { done({}); }); });
}

void HashingThread::check_pin(std::string argon2id, std::string pin, std::function<void(bool)> done) {
    auto guard =
        std::make_shared<boost::asio::executor_work_guard<boost::asio::io_context::executor_type>>(io_.get_executor());
    add(
        [this, guard, argon2id = std::move(argon2id), pin = std::move(pin), done]() mutable {
            boost::asio::post(io_, [guard = std::move(guard), done = std::move(done),
                                    right = is_right(argon2id, std::move(pin))] { done(right); });
        },
        [this, done] { boost::asio::post(io_, [done] { done(false); }); });
}

void HashingThread::add(std::function<void()> job, std::function<void()> refuse) {
    {
        const std::lock_guard lock(mutex_);
        if (jobs_.size() < jobs_max_) {
            jobs_.push_back(std::move(job));
            refuse = nullptr;
        }
    }
    if (refuse) return refuse();
    woken_.notify_one();
}

void HashingThread::run() {
    while (true) {
        std::unique_lock lock(mutex_);
        woken_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
        if (stopping_) return;
        auto job = std::move(jobs_.front());
        jobs_.pop_front();
        lock.unlock();
        job();
    }
}

}  // namespace attune::net
