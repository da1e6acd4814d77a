// What the journal's tests share: a directory that goes away, a thread that stands for the engine's, a school whose
// events are real ones.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <fstream>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

#include "hub/journal/sqlite_journal.hpp"
#include "tests/core/school.hpp"
#include "tests/support/folder.hpp"

namespace attune::journal::test {

class Directory {
  public:
    std::filesystem::path state() const { return folder_ / "state"; }
    std::filesystem::path file() const { return journal_file(state()); }
    std::filesystem::path operator/(const char* name) const { return folder_ / name; }

  private:
    attune::test::Folder folder_;
};

/// The engine's thread is the test's: what was posted runs when the test asks for it.
class Engine {
  public:
    Post post() {
        return [this](std::function<void()> function) {
            const std::lock_guard lock(mutex_);
            if (on_post) on_post();
            posted_.push_back(std::move(function));
            ++posts;
            changed_.notify_one();
        };
    }
    Callbacks callbacks() {
        return {[this](std::uint64_t seq) {
                    durable.push_back(seq);
                    if (on_durable) on_durable(seq);
                },
                [this](std::string reason) { failures.push_back(std::move(reason)); }};
    }
    /// Runs what is posted until `done`; throws when that takes unreasonably long.
    void run_until(const std::function<bool()>& done) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
        while (!done()) {
            std::unique_lock lock(mutex_);
            if (!changed_.wait_until(lock, deadline, [&] { return !posted_.empty(); })) {
                throw std::runtime_error("the journal did not answer in time");
            }
            const std::function<void()> next = std::move(posted_.front());
            posted_.pop_front();
            lock.unlock();
            next();
        }
    }
    void run_until_durable(std::uint64_t seq) {
        run_until([&] { return !durable.empty() && durable.back() >= seq; });
    }
    std::uint64_t last_durable() const { return durable.empty() ? 0 : durable.back(); }

    std::vector<std::uint64_t> durable;
    std::vector<std::string> failures;
    std::size_t posts = 0;
    std::function<void()> on_post;  // on the journal's thread, before the news is queued
    std::function<void(std::uint64_t)> on_durable;

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> posted_;
};

/// An open journal and the state it restored.
struct Opened {
    explicit Opened(const std::filesystem::path& directory, SqliteOptions more = {}) : journal(options(directory, more)) {
        replayed = journal.restore(state);
    }
    void start() { journal.start(engine.callbacks()); }
    void append_all(const std::vector<core::Event>& events) {
        for (const core::Event& event : events) journal.append({event});
    }
    SqliteOptions options(const std::filesystem::path& directory, SqliteOptions& more) {
        SqliteOptions result{.directory = directory,
                             .post = engine.post(),
                             .maker = more.maker.empty() ? "test" : more.maker,
                             .say = [this](const std::string& sentence) { said.push_back(sentence); },
                             .verified = more.verified,
                             .layout = more.layout};
        return result;
    }
    Engine engine;
    std::vector<std::string> said;
    core::State state;
    SqliteJournal journal;
    std::uint64_t replayed = 0;
};

inline std::vector<std::vector<core::Event>> steps_of(const std::vector<core::Event>& events) {
    std::vector<std::vector<core::Event>> steps;
    for (const core::Event& event : events) {
        if (event.cause == 0 || steps.empty()) steps.emplace_back();
        steps.back().push_back(event);
    }
    return steps;
}

/// A day in small: an import, devices, duties, and some calls of which the last ones are still open.
inline core::test::School& busy_school() {
    static core::test::School school = [] {
        core::test::School made;
        for (int round = 0; round < 4; ++round) {
            const core::CallId call = made.raise(2);
            made.on("room-oak", core::ChooseChild{call, {"p1"}});
            made.wait(20'000);
            made.on("h-sam", core::AcceptCall{call, true, {}});
            made.on("h-sam", core::ArriveCall{call});
            made.on("h-sam", core::SettleCall{call});
            made.on("h-sam", core::CloseCall{call, {0}, {core::Need::too_loud}});
            made.wait(700'000);
        }
        made.raise(3, "room-elm");
        made.wait(2'000);
        made.raise(1);
        return made;
    }();
    return school;
}

/// Plain events, as many as wanted, that any state can take.
inline core::Event plain_event(std::uint64_t seq) {
    core::Event event;
    event.seq = seq;
    event.at = event.wall = 1'790'000'000'000 + static_cast<core::Ms>(seq);
    event.command.fill(static_cast<std::byte>(seq & 0xff));
    event.device.value = "room-oak";
    event.fact = core::PersonSet{{{"p" + std::to_string(seq % 50)}, "A name " + std::to_string(seq), "A", {core::Role::teacher}, {"oak"}}};
    return event;
}

inline void store(const std::filesystem::path& directory, const std::vector<core::Event>& events) {
    Opened opened(directory);
    opened.start();
    for (auto& step : steps_of(events)) opened.journal.append(std::move(step));
    opened.journal.stop();
    if (opened.engine.last_durable() != events.back().seq) throw std::runtime_error("the events were not stored");
}

}  // namespace attune::journal::test
