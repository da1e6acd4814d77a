// One poll after the other, each of all addresses in their order; the first that fails ends it.
#include "hub/daemon/timetable_poll.hpp"

#include <algorithm>
#include <chrono>

#include <boost/asio/post.hpp>
#include <fmt/format.h>

#include "hub/daemon/files.hpp"
#include "hub/daemon/log.hpp"

namespace attune::daemon {

namespace {

constexpr std::int64_t first_poll_ms = 200;      // once everything stands
constexpr std::int64_t again_ms_max = 60'000;    // after one that failed

}  // namespace

TimetablePoll::TimetablePoll(boost::asio::io_context& io, const Config& config, app::Hub& hub, app::Clock& clock, std::function<void()> turn_ended)
    : io_(io), hub_(hub), clock_(clock), turn_ended_(std::move(turn_ended)), ca_(config.timetable_ca),
      interval_ms_(static_cast<std::int64_t>(config.timetable_interval_s) * 1'000), kept_(config.state_dir), copy_(kept_.load()), timer_(io) {
    for (const std::string& source : config.timetable_sources)
        sources_.push_back({timetable_file_of(source), "", net::parse_site_address(source), source});
    for (Source& source : sources_) source.where = source.address ? source.address->host : source.path.string();
}

TimetablePoll::~TimetablePoll() {
    stop();
    thread_.join();
}

void TimetablePoll::start() {
    if (!sources_.empty()) wait(first_poll_ms);
}

void TimetablePoll::stop() {
    stopped_ = true;
    timer_.cancel();
    if (fetch_) fetch_->cancel();
}

void TimetablePoll::wait(std::int64_t ms) {
    if (stopped_) return;
    timer_.expires_after(std::chrono::milliseconds(ms));
    timer_.async_wait([this](boost::system::error_code error) {
        if (!error && !stopped_) poll();
    });
}

void TimetablePoll::poll() {
    ++polls_;
    fetched_.clear();
    ask_next();
}

void TimetablePoll::ask_next() {
    if (stopped_) return;
    if (fetched_.size() == sources_.size()) return all_there();
    const Source& source = sources_[fetched_.size()];
    if (source.address) {
        fetch_ = net::fetch(io_, *source.address, ca_, {app::csv_file_bytes_max, 20'000}, [this](net::Fetched fetched) { got(std::move(fetched)); });
        return;
    }
    boost::asio::post(thread_, [this, path = source.path] {
        net::Fetched fetched;
        try {
            fetched.body = read_file(path, app::csv_file_bytes_max);
        } catch (const std::exception& error) {
            fetched.error = error.what();
        }
        boost::asio::post(io_, [this, fetched = std::move(fetched)]() mutable { got(std::move(fetched)); });
    });
}

void TimetablePoll::got(net::Fetched fetched) {
    if (stopped_) return;
    const Source& source = sources_[fetched_.size()];
    if (!fetched.error.empty()) return went_wrong(source.name, 0, fetched.error);
    fetched_.push_back({source.name, std::move(fetched.body)});
    ask_next();
}

/// The newest fault is one of these files', so that a poll that goes well ends it.
bool TimetablePoll::must_say_so() const {
    const auto& fault = hub_.state().rota.fault;
    return failing_ || (fault && std::ranges::find(sources_, fault->file, &Source::name) != sources_.end());
}

void TimetablePoll::all_there() {
    std::vector<app::CsvFile> files = laid_over(copy_, fetched_);
    const bool same = std::ranges::equal(files, copy_, [](const app::CsvFile& a, const app::CsvFile& b) { return a.name == b.name && a.text == b.text; });
    if (same && hub_.state().rota.imported_at != 0 && !must_say_so()) return went_well();
    boost::asio::post(thread_, [this, files = std::move(files), directory = hub_.state().directory]() mutable {
        app::ParsedTimetable timetable = app::parse_timetable(files, directory);
        boost::asio::post(io_, [this, timetable = std::move(timetable), files = std::move(files)]() mutable { parsed(std::move(timetable), std::move(files)); });
    });
}

void TimetablePoll::parsed(app::ParsedTimetable timetable, std::vector<app::CsvFile> files) {
    if (stopped_) return;
    if (!timetable.problems.empty()) {
        const app::Problem& first = timetable.problems.front();
        return went_wrong(first.file, first.line, first.message);
    }
    const std::size_t people = timetable.slots.size();
    const bool taken = hub_.import_timetable(std::move(timetable));
    turn_ended_();
    if (!taken) return wait(std::min(interval_ms_, again_ms_max));  // the disk is sick: everything says so already
    log(LogLevel::info, "timetable_polled", {{"adults", fmt::format("{}", people)}});
    keep(std::move(files));
    went_well();
}

void TimetablePoll::went_well() {
    failing_ = false;
    good_at_ms_ = clock_.monotonic_ms();
    wait(interval_ms_);
}

void TimetablePoll::went_wrong(const std::string& file, std::uint64_t line, const std::string& what) {
    ++failed_;
    if (!failing_) log(LogLevel::warn, "timetable_poll_failed", {{"line", fmt::format("{}", line)}, {"msg", "The newest timetable could not be read or fetched. The last good one goes on; attuned and the pages say what is wrong."}});
    failing_ = true;
    hub_.timetable_fault(file, line, what);
    turn_ended_();
    wait(std::min(interval_ms_, again_ms_max));
}

void TimetablePoll::keep(std::vector<app::CsvFile> files) {
    copy_ = files;
    boost::asio::post(thread_, [kept = kept_, files = std::move(files)] {
        if (const std::string why = kept.replace(files); !why.empty()) log(LogLevel::warn, "timetable_copy", {{"msg", why}});
    });
}

std::vector<app::CsvFile> TimetablePoll::beside() const {
    std::vector<app::CsvFile> files;
    for (const app::CsvFile& file : copy_)
        if (std::ranges::find(sources_, file.name, &Source::name) != sources_.end()) files.push_back(file);
    return files;
}

void TimetablePoll::imported(std::vector<app::CsvFile> files) { keep(laid_over({}, files)); }

void TimetablePoll::add_metrics(std::string& out) const {
    const core::Rota& rota = hub_.state().rota;
    const auto gauge = [&](std::string_view name, std::string_view help, double value) {
        out += fmt::format("# HELP attune_{0} {1}\n# TYPE attune_{0} gauge\nattune_{0} {2}\n", name, help, value);
    };
    const auto age = [&](core::Ms since) { return static_cast<double>(hub_.engine().now() - since) / 1'000; };
    gauge("timetable_fault", "1 while the newest timetable could not be read or fetched; the last good one goes on.", rota.fault ? 1 : 0);
    gauge("timetable_fault_age_seconds", "Since when; 0 while there is none.", rota.fault ? age(rota.fault->at) : 0);
    if (rota.imported_at != 0) gauge("timetable_age_seconds", "Since the timetable last changed.", age(rota.imported_at));
    if (sources_.empty()) return;
    if (good_at_ms_ >= 0) gauge("timetable_polled_age_seconds", "Since the addresses were last asked and all was well.", static_cast<double>(clock_.monotonic_ms() - good_at_ms_) / 1'000);
    out += fmt::format("# HELP attune_timetable_polls_total Times that the addresses were asked.\n# TYPE attune_timetable_polls_total counter\nattune_timetable_polls_total {}\n"
                       "# HELP attune_timetable_polls_failed_total Of these, how often something was wrong.\n# TYPE attune_timetable_polls_failed_total counter\nattune_timetable_polls_failed_total {}\n",
                       polls_, failed_);
}

}  // namespace attune::daemon
