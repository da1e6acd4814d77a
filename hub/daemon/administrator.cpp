// Two ways to the same engine. In this process it has no socket and no other client; what it stores is on disk before
// the answer is given, as ever.
#include "hub/daemon/administrator.hpp"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <chrono>
#include <optional>
#include <stdexcept>

#include <fmt/format.h>

#include "hub/app/hub.hpp"
#include "hub/daemon/commands.hpp"
#include "hub/daemon/files.hpp"
#include "hub/daemon/kept_timetable.hpp"
#include "hub/daemon/log.hpp"
#include "hub/daemon/process.hpp"
#include "hub/journal/sqlite_journal.hpp"
#include "hub/net/clock.hpp"
#include "hub/net/local_client.hpp"
#include "protocol/cpp/codec.hpp"

namespace attune::daemon {

namespace {

constexpr auto answer_timeout = std::chrono::seconds(30);
constexpr const char* no_answer = "The hub did not answer within 30 seconds. Look at its log, then try again.";

std::string with_status(const std::string& sentence) {
    return sentence.ends_with("closed the connection.") ? sentence + " attuned status says whether it runs." : sentence;
}

std::vector<std::byte> encoded(const protocol::AnyMessage& request, const protocol::Id& id) {
    std::vector<std::byte> frame;
    if (!protocol::encode(request, id, frame, protocol::local_limits))
        throw std::runtime_error(holds_alternative<protocol::ImportDirectory>(request)
                                     ? "The files are too large to be imported together: 8 MiB fit."
                                     : "One of the words is too long: an id has at most 32 characters.");
    return frame;
}

/// What a person at the terminal does next, where the wire's sentence, which is for every client, does not say it.
std::string_view next_step(std::string_view refusal) {
    if (refusal == "NoSuchDevice") return " attuned devices lists them.";
    if (refusal == "NoAccount") return " attuned leaders list shows who has one.";
    if (refusal == "NoSuchPerson") return " People go by the ids of staff.csv.";
    if (refusal == "NoSuchPlace") return " Places go by the ids of places.csv.";
    if (refusal == "NoSuchChild") return " Children go by the references of children.csv.";
    if (refusal == "NoSuchSupply") return " attuned supply list shows who is here.";
    if (refusal == "NoSchoolDay") return " terms.csv says on which days there is school: attuned import DIR --apply reads it.";
    if (refusal == "JournalUnavailable") return " attuned status says what is wrong with it.";
    return "";
}

/// The message of a frame if it answers `id`.
std::optional<protocol::AnyMessage> answer_in(std::span<const std::byte> frame, const protocol::Id& id) {
    auto envelope = protocol::decode(frame, protocol::local_limits);
    if (!envelope || envelope->id != id) return std::nullopt;
    return std::move(envelope->message);
}

class SocketAdministrator final : public Administrator {
  public:
    explicit SocketAdministrator(net::LocalClient client) : client_(std::move(client)) {}

  private:
    protocol::AnyMessage exchange(const protocol::AnyMessage& request, const protocol::Id& id) override {
        const auto until = std::chrono::steady_clock::now() + answer_timeout;
        if (!client_.send(encoded(request, id))) throw std::runtime_error(with_status(client_.error()));
        std::vector<std::byte> frame;
        while (true) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
            if (left.count() <= 0) throw std::runtime_error(no_answer);
            if (!client_.receive(frame, left))
                throw std::runtime_error(client_.connected() ? no_answer : with_status(client_.error()));
            if (auto answer = answer_in(frame, id)) return std::move(*answer);
        }
    }

    net::LocalClient client_;
};

/// Reads the stored events and stores none: for showing what would happen.
class Rehearsal final : public journal::Journal {
  public:
    Rehearsal(std::filesystem::path file, journal::Post post) : file_(std::move(file)), post_(std::move(post)) {}

    std::uint64_t restore(core::State& state) override {
        std::uint64_t events = 0;
        if (is_there(file_))
            journal::for_each(file_, 1, [&](const core::Event& event) {
                core::apply(state, event);
                ++events;
                return true;
            });
        return events;
    }
    void start(journal::Callbacks callbacks) override { callbacks_ = std::move(callbacks); }
    void append(std::vector<core::Event> step) override {
        if (!step.empty()) post_([this, seq = step.back().seq] { callbacks_.durable(seq); });
    }
    std::size_t waiting() const override { return 0; }
    void offer_snapshot(const core::State&) override {}
    void stop() override {}

  private:
    std::filesystem::path file_;
    journal::Post post_;
    journal::Callbacks callbacks_;
};

class HereAdministrator final : public Administrator, private app::Wire {
  public:
    HereAdministrator(const Config& config, Leaves leaves)
        : work_(io_), journal_(open(config, leaves)), hub_(clock_, random_, work_, *journal_, options(config)) {
        hub_.start();
        connection_ = hub_.opened(*this, {.local = true, .address = "here"});
    }

    ~HereAdministrator() override {
        if (!closed_) hub_.closed(connection_);
        hub_.stop();
        journal_->stop();
    }

  private:
    static app::HubOptions options(const Config& config) {
        app::HubOptions options;
        options.timetable_beside = [kept = KeptTimetable(config.state_dir), sources = config.timetable_sources] {
            std::vector<app::CsvFile> files = kept.load();
            std::erase_if(files, [&](const app::CsvFile& file) { return std::ranges::none_of(sources, [&](const std::string& source) { return timetable_file_of(source) == file.name; }); });
            return files;
        };
        options.timetable_imported = [kept = KeptTimetable(config.state_dir)](const std::vector<app::CsvFile>& files) {
            if (const std::string why = kept.replace(laid_over({}, files)); !why.empty()) log(LogLevel::warn, "timetable_copy", {{"msg", why}});
        };
        options.version = program_and_version();
        return options;
    }

    std::unique_ptr<journal::Journal> open(const Config& config, Leaves leaves) {
        journal::Post post = [this](std::function<void()> what) { boost::asio::post(io_, std::move(what)); };
        if (leaves == Leaves::nothing)
            return std::make_unique<Rehearsal>(journal::journal_file(config.state_dir), std::move(post));
        make_state_dir(config.state_dir);
        journal::SqliteOptions options;
        options.directory = config.state_dir;
        options.post = std::move(post);
        options.maker = program_and_version();
        return std::make_unique<journal::SqliteJournal>(std::move(options));
    }

    protocol::AnyMessage exchange(const protocol::AnyMessage& request, const protocol::Id& id) override {
        wanted_ = id;
        answer_.reset();
        hub_.received(connection_, encoded(request, id));
        const auto until = std::chrono::steady_clock::now() + answer_timeout;
        while (!answer_) {
            if (closed_ || std::chrono::steady_clock::now() >= until) throw std::runtime_error(no_answer);
            if (!hub_.journal_ok()) throw std::runtime_error(hub_.journal_failure());
            io_.restart();
            io_.run_one_for(std::chrono::milliseconds(100));
        }
        return std::move(*answer_);
    }

    // app::Wire
    void send(std::span<const std::byte> envelope) override {
        if (auto answer = answer_in(envelope, wanted_)) answer_ = std::move(answer);
    }
    void flush() override {}
    void close(bool) override { closed_ = true; }

    boost::asio::io_context io_{1};
    net::SystemClock clock_;
    net::SystemRandom random_;
    net::HashingThread work_;
    std::unique_ptr<journal::Journal> journal_;
    app::Hub hub_;
    app::FrontDoor::ConnectionId connection_ = 0;
    protocol::Id wanted_{};
    std::optional<protocol::AnyMessage> answer_;
    bool closed_ = false;
};

}  // namespace

protocol::AnyMessage Administrator::ask(const protocol::AnyMessage& request) {
    protocol::Id id{};
    net::SystemRandom().fill(id);
    auto answer = exchange(request, id);
    if (const auto* rejected = get_if<protocol::Rejected>(&answer)) throw Refused(rejected->name, rejected->message + std::string(next_step(rejected->name)));
    return answer;
}

std::unique_ptr<Administrator> reach_hub(const Config& config, Leaves leaves) {
    net::LocalClient client;
    is_there(config.local_socket());  // or this user may not know
    const std::string why_not = client.connect(config.local_socket());
    if (why_not.empty()) return std::make_unique<SocketAdministrator>(std::move(client));
    // Where no hub runs, the journal's own lock says whether one has just begun to.
    return std::make_unique<HereAdministrator>(config, leaves);
}

}  // namespace attune::daemon
