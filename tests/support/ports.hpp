// What the app asks of the world (hub/app/ports.hpp), as tests give it: a clock that moves when told, chance under a seed,
// and the work of hashing PINs without the work. Header only; nothing here reads a real clock or a real random source.
#pragma once

#include <algorithm>
#include <deque>
#include <functional>
#include <string>
#include <utility>

#include "hub/app/ports.hpp"
#include "tests/support/random.hpp"

namespace attune::test {

class HandClock final : public app::Clock {
  public:
    app::Ms monotonic_ms() override { return monotonic; }
    app::Ms wall_ms() override { return wall; }
    void pass_to(app::Ms later) {
        wall += later - monotonic;
        monotonic = later;
    }
    app::Ms monotonic = 1'000;
    app::Ms wall = 1'790'000'000'000;
};

class SeededRandom final : public app::Random {
  public:
    explicit SeededRandom(test::Random source) : source_(source) {}
    explicit SeededRandom(std::uint64_t seed) : source_(seed) {}
    void fill(std::span<std::byte> bytes) override { source_.fill(bytes); }

  private:
    test::Random source_;
};

/// Digits that are the number of the step and the secret's first byte, so that a test knows them without arithmetic.
class PlainCodes final : public app::Codes {
  public:
    core::Sealed seal(std::span<const std::byte, 20> secret) override {
        core::Sealed sealed{};
        std::copy(secret.begin(), secret.end(), sealed.begin());
        return sealed;
    }
    std::optional<std::int64_t> step_of(const core::Sealed& secret, const std::string& digits, core::Ms wall_ms) override {
        for (std::int64_t step = wall_ms / 30'000 + 1; step >= wall_ms / 30'000 - 1; --step)
            if (digits_of(secret, step) == digits) return step;
        return std::nullopt;
    }
    static std::string digits_of(const core::Sealed& secret, std::int64_t step) {
        const std::string text = std::to_string(1'000'000 + (step * 257 + std::to_integer<int>(secret[0])) % 1'000'000);
        return text.substr(1);
    }
};

/// In memory, and there again after a crash. What was kept is counted, so that a test sees a key go.
class HandNoteKeys final : public app::NoteKeys {
  public:
    std::optional<app::NoteKey> load() override { return key; }
    bool keep(const app::NoteKey& next) override {
        if (full) return false;
        key = next;
        ++kept;
        return true;
    }
    void destroy() override { key.reset(); }
    std::optional<app::NoteKey> key;
    bool full = false;
    int kept = 0;
};

/// Hashes by putting "hashed:" in front. When `done` is called is the test's to say.
class PlainWork : public app::Work {
  public:
    void hash_pin(std::string pin, std::function<void(std::string)> done) final {
        later([pin = std::move(pin), done = std::move(done)] { done("hashed:" + pin); });
    }
    void check_pin(std::string argon2id, std::string pin, std::function<void(bool)> done) final {
        ++checks;
        later([right = argon2id == "hashed:" + pin, done = std::move(done)] { done(right); });
    }
    int checks = 0;

  private:
    virtual void later(std::function<void()> job) = 0;
};

/// Done one job at a time, by hand.
class HandWork final : public PlainWork {
  public:
    bool run_one() {
        if (jobs.empty()) return false;
        const auto job = std::move(jobs.front());
        jobs.pop_front();
        job();
        return true;
    }
    std::deque<std::function<void()>> jobs;

  private:
    void later(std::function<void()> job) override { jobs.push_back(std::move(job)); }
};

}  // namespace attune::test
