// The timetable from an address on the site: a real web server on loopback that answers well, badly, slowly, with too
// much, from elsewhere, or not at all; the last good rota goes on, the fault is seen and ends, and a restart with the
// server down changes nothing.
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <chrono>
#include <fstream>
#include <mutex>
#include <thread>

#include <catch2/catch_test_macros.hpp>

#include "hub/daemon/config.hpp"
#include "hub/net/fetch.hpp"
#include "tests/daemon/program.hpp"

using namespace attune::test;

namespace {

using Clock = std::chrono::steady_clock;

/// Serves one connection after the other, each as it is told to at that moment.
class WebServer {
  public:
    enum class Mood { well, not_there, redirect, garbage, too_much, drip, packed, hang_up };

    WebServer() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        REQUIRE(::bind(socket_, reinterpret_cast<sockaddr*>(&address), size) == 0);
        REQUIRE(::listen(socket_, 8) == 0);
        REQUIRE(::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    ~WebServer() {
        stopping_ = true;
        ::shutdown(socket_, SHUT_RDWR);
        thread_.join();
        ::close(socket_);
    }
    WebServer(const WebServer&) = delete;
    WebServer& operator=(const WebServer&) = delete;

    std::string address(const std::string& file = "lessons.ics") const { return "http://127.0.0.1:" + std::to_string(port_) + "/rota/" + file + "?key=secret"; }
    void be(Mood mood, std::string body = "") {
        const std::lock_guard lock(mutex_);
        mood_ = mood;
        if (!body.empty()) body_ = std::move(body);
    }
    int asked() const { return asked_; }

  private:
    void serve() {
        while (!stopping_) {
            const int peer = ::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
            if (peer < 0) continue;
            answer(peer);
            ::close(peer);
        }
    }
    static bool send_all(int peer, std::string_view text) {
        while (!text.empty()) {
            const ssize_t sent = ::send(peer, text.data(), text.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            text.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    void answer(int peer) {
        const timeval limit{5, 0};
        ::setsockopt(peer, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        char bytes[4096];
        if (::recv(peer, bytes, sizeof bytes, 0) <= 0) return;
        ++asked_;
        Mood mood{};
        std::string body;
        {
            const std::lock_guard lock(mutex_);
            mood = mood_;
            body = body_;
        }
        const std::string head = "HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\n";
        switch (mood) {
            case Mood::well: send_all(peer, head + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body); return;
            case Mood::not_there: send_all(peer, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"); return;
            case Mood::redirect: send_all(peer, "HTTP/1.1 302 Found\r\nLocation: http://198.51.100.7/x.ics\r\nContent-Length: 0\r\n\r\n"); return;
            case Mood::garbage: send_all(peer, "\x01\x02 this is no web server\r\n\r\n"); return;
            case Mood::too_much: send_all(peer, head + "\r\n" + std::string(5 << 20, 'x')); return;
            case Mood::packed: send_all(peer, head + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\nxx"); return;
            case Mood::hang_up: send_all(peer, head + "Content-Length: 1000\r\n\r\nBEGIN"); return;
            case Mood::drip:
                send_all(peer, head + "Content-Length: 100000\r\n\r\n");
                for (int n = 0; n < 600 && !stopping_; ++n) {
                    if (!send_all(peer, "x")) return;
                    // The peer says nothing more; a read that times out is this drip's own clock.
                    const timeval drop{0, 50'000};
                    ::setsockopt(peer, SOL_SOCKET, SO_RCVTIMEO, &drop, sizeof drop);
                    if (::recv(peer, bytes, sizeof bytes, 0) == 0) return;
                }
        }
    }

    int socket_;
    std::uint16_t port_ = 0;
    std::mutex mutex_;
    Mood mood_ = Mood::well;  // guarded by mutex_
    std::string body_;        // guarded by mutex_
    std::atomic<int> asked_ = 0;
    std::atomic<bool> stopping_ = false;
    std::thread thread_;
};

std::string date(int days, const char* format = "%Y-%m-%d") {
    const std::time_t at = std::time(nullptr) + days * 86'400;
    char text[32];
    std::tm parts{};
    ::gmtime_r(&at, &parts);
    return std::string(text, std::strftime(text, sizeof text, format, &parts));
}

std::string calendar(const std::string& rule = "FREQ=DAILY", const std::string& person = "sam_wren") {
    return "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:" + date(0, "%Y%m%d") + "T090000Z\nDTEND:" + date(0, "%Y%m%d") + "T100000Z\nATTENDEE:mailto:" + person +
           "@school.example\nRRULE:" + rule + "\nEND:VEVENT\nEND:VCALENDAR\n";
}

/// The example school and its terms, imported once, and a configuration with the address.
struct Site {
    explicit Site(const std::string& source) : folder(), state((folder / "state").string()), config((folder / "attuned.toml").string()) {
        std::filesystem::copy("deploy/example-school", folder / "school");
        std::ofstream(folder / "school" / "terms.csv") << "what,from,to\nzone,UTC,\nday,00:00,24:00\nsign_in_by,00:00,\nopen," << date(-1) << "," << date(5) << "\n";
        std::ofstream(folder / "school" / "timetable.csv") << "person,day,from,to,what,place\nrobin_thistle," << date(0) << ",00:00,24:00,teaching,\n";
        std::ofstream(config) << "[timetable]\nsources = [\"" << source << "\"]\ninterval_s = 1\n";
        const Ran ran = attuned({"import", (folder / "school").string(), "--apply", "--state", state});
        INFO(ran.out << ran.err);
        REQUIRE(ran.code == 0);
    }
    std::vector<std::string> run() const { return {"run", "--config", config, "--state", state, "--listen", "127.0.0.1:0"}; }
    std::string log() const { return attuned({"log", "tail", "-n", "400", "--state", state, "--json"}).out; }

    Folder folder;
    std::string state, config;
};

std::size_t count(const std::string& text, std::string_view part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++found;
    return found;
}

std::string port_of(const Program& hub) {
    const auto at = hub.err.find(" port=") + 6;
    return hub.err.substr(at, hub.err.find(' ', at) - at);
}

/// Asks /metrics until the line is there; false when it is not within the time.
bool metric(const std::string& port, const std::string& line, std::chrono::seconds limit = std::chrono::seconds(20)) {
    for (const auto until = Clock::now() + limit; Clock::now() < until;)
        if (get(port, "/metrics").find("\n" + line + "\n") != std::string::npos) return true;
    UNSCOPED_INFO("never: " << line << "\n" << get(port, "/metrics"));
    return false;
}

bool asked_more(const WebServer& server, int more) {
    const int before = server.asked();
    for (const auto until = Clock::now() + std::chrono::seconds(20); Clock::now() < until; std::this_thread::yield())
        if (server.asked() >= before + more) return true;
    return false;
}

}  // namespace

TEST_CASE("a timetable is fetched from an address on the site, and each thing that goes wrong is seen and ends") {
    WebServer server;
    server.be(WebServer::Mood::well, calendar());
    const Site site(server.address());
    Program hub(site.run());
    REQUIRE(hub.says("event=timetable_polled"));
    const std::string port = port_of(hub);
    CHECK(metric(port, "attune_timetable_fault 0"));
    const auto kept = std::filesystem::path(site.state) / "timetable";
    struct stat info{};
    for (const auto until = Clock::now() + std::chrono::seconds(10); ::stat((kept / "lessons.ics").c_str(), &info) != 0 && Clock::now() < until;) std::this_thread::yield();
    REQUIRE(::stat((kept / "lessons.ics").c_str(), &info) == 0);
    CHECK((info.st_mode & 0777) == 0600);
    CHECK(std::filesystem::exists(kept / "terms.csv"));

    // Unchanged: no event, however often it is asked.
    const std::size_t imports = count(site.log(), "\"TimetableImported\"");
    CHECK(imports == 2);  // by hand, and from the address
    REQUIRE(asked_more(server, 3));
    CHECK(count(site.log(), "\"TimetableImported\"") == imports);

    // What is wrong is one event, and ends when all is well.
    std::size_t faults = 0;
    for (const auto mood : {WebServer::Mood::not_there, WebServer::Mood::redirect, WebServer::Mood::garbage, WebServer::Mood::too_much, WebServer::Mood::packed, WebServer::Mood::hang_up}) {
        INFO(static_cast<int>(mood));
        server.be(mood);
        REQUIRE(metric(port, "attune_timetable_fault 1"));
        REQUIRE(asked_more(server, 2));
        server.be(WebServer::Mood::well);
        REQUIRE(metric(port, "attune_timetable_fault 0"));
        CHECK(count(site.log(), "\"TimetableImportFailed\"") == ++faults);
    }
    // A calendar that is wrong names its line, and is not taken.
    server.be(WebServer::Mood::well, calendar("FREQ=SECONDLY"));
    REQUIRE(metric(port, "attune_timetable_fault 1"));
    const std::string log = site.log();
    CHECK(log.find("\"file\":\"lessons.ics\",\"line\":2") != std::string::npos);
    CHECK(log.find("secret") == std::string::npos);  // what an address may carry
    CHECK(hub.err.find("secret") == std::string::npos);
    CHECK(count(log, "\"TimetableSet\"") == 2);  // Robin by hand, Sam from the address: nothing has replaced them
    // And one that is right and different is.
    server.be(WebServer::Mood::well, calendar("FREQ=DAILY;COUNT=2"));
    REQUIRE(metric(port, "attune_timetable_fault 0"));
    CHECK(count(site.log(), "\"TimetableSet\"") == 3);
    hub.signal(SIGTERM);
    CHECK(hub.wait() == 0);
}

TEST_CASE("a hub that starts while the source is down goes on with the last good timetable and says so") {
    std::string address;
    std::string state_of_it;
    auto server = std::make_unique<WebServer>();
    server->be(WebServer::Mood::well, calendar());
    const Site site(server->address());
    {
        Program hub(site.run());
        REQUIRE(hub.says("event=timetable_polled"));
        hub.signal(SIGTERM);
        CHECK(hub.wait() == 0);
    }
    server.reset();
    const std::size_t sets = count(site.log(), "\"TimetableSet\"");
    Program hub(site.run());
    REQUIRE(hub.says("event=ready"));
    REQUIRE(metric(port_of(hub), "attune_timetable_fault 1"));
    CHECK(get(port_of(hub), "/metrics").find("attune_timetable_age_seconds") != std::string::npos);
    const std::string log = site.log();
    CHECK(count(log, "\"TimetableSet\"") == sets);
    CHECK(log.find("does not answer on port") != std::string::npos);
    // An import by hand keeps what came from the address.
    const Ran ran = attuned({"import", (site.folder / "school").string(), "--apply", "--state", site.state, "--config", site.config});
    CHECK(ran.code == 0);
    CHECK(count(site.log(), "\"TimetableSet\"") == sets);
    hub.signal(SIGTERM);
    CHECK(hub.wait() == 0);
}

TEST_CASE("a source may be a file, and a slow one that drips is given up in time") {
    SECTION("a file") {
        const Folder folder;
        const std::string file = (folder / "lessons.ics").string();
        std::ofstream(file) << calendar();
        const Site site(file);
        Program hub(site.run());
        REQUIRE(hub.says("event=timetable_polled"));
        std::filesystem::remove(file);
        CHECK(metric(port_of(hub), "attune_timetable_fault 1"));
        hub.signal(SIGTERM);
        CHECK(hub.wait() == 0);
    }
    SECTION("a drip, by the fetch alone, with a shorter patience") {
        WebServer server;
        server.be(WebServer::Mood::drip);
        boost::asio::io_context io{1};
        std::string error;
        const auto address = attune::net::parse_site_address(server.address());
        REQUIRE(address);
        const auto fetch = attune::net::fetch(io, *address, {}, {4 << 20, 300}, [&](attune::net::Fetched fetched) { error = fetched.error; });
        const auto begun = Clock::now();
        io.run();
        CHECK(error.find("did not answer in full") != std::string::npos);
        CHECK(Clock::now() - begun < std::chrono::seconds(10));
    }
}

TEST_CASE("only addresses of the site's own network are asked, and none with a password in it") {
    using attune::net::is_on_site;
    using attune::net::parse_site_address;
    using boost::asio::ip::make_address;
    for (const char* here : {"127.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.4.5", "169.254.1.1", "::1", "fd12::1", "fe80::1", "::ffff:10.0.0.1"}) CHECK(is_on_site(make_address(here)));
    for (const char* outside : {"8.8.8.8", "172.32.0.1", "172.15.0.1", "192.169.0.1", "11.0.0.1", "2001:db8::1", "::ffff:8.8.8.8", "0.0.0.0", "::"}) CHECK_FALSE(is_on_site(make_address(outside)));
    const auto good = parse_site_address("https://mis.school.example:8443/rota/lessons.ics?year=8#top");
    REQUIRE(good);
    CHECK(good->secure);
    CHECK(good->host == "mis.school.example");
    CHECK(good->port == 8443);
    CHECK(good->target == "/rota/lessons.ics?year=8");
    CHECK(parse_site_address("http://[fd12::1]/a.ics")->host == "fd12::1");
    CHECK(parse_site_address("http://[fd12::1]:81/a.ics")->port == 81);
    for (const char* bad : {"ftp://x/a.ics", "http://", "http://u:p@x/a.ics", "http://x:0/a.ics", "http://x:99999/a.ics", "http://x:1a/", "http://[fd12::1/a.ics", "http://x y/a.ics", "lessons.ics"})
        CHECK_FALSE(parse_site_address(bad));
    boost::asio::io_context io{1};
    std::string error;
    const auto fetch = attune::net::fetch(io, *parse_site_address("http://192.0.2.1/a.ics"), {}, {}, [&](attune::net::Fetched fetched) { error = fetched.error; });
    io.run();
    CHECK(error.find("not on the site's own network") != std::string::npos);
}

TEST_CASE("the configuration of the timetable's addresses says what is wrong, by line") {
    const auto faults = [](const std::string& text) { return attune::daemon::parse_config(text, {}).faults; };
    CHECK(faults("[timetable]\nsources = [\"https://mis.school.example/lessons.ics\", \"/srv/mis/absences.csv\"]\ninterval_s = 600\nca = \"/etc/attune/ca.pem\"\n").empty());
    for (const char* bad : {"sources = \"http://x/a.ics\"", "sources = [\"http://x/a.txt\"]", "sources = [\"http://u:p@x/a.ics\"]", "sources = [\"a.ics\"]",
                            "sources = [\"http://x/a.ics\", \"http://y/a.ics\"]", "interval_s = 0", "ca = \"ca.pem\"", "source = []"}) {
        INFO(bad);
        const auto found = faults(std::string("[timetable]\n") + bad + "\n");
        REQUIRE(found.size() == 1);
        CHECK(found[0].line == 2);
    }
}
