// Starting, feeding and measuring the hub under load.
#include "tests/bench/load/hub.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <stdexcept>

#include "tests/bench/load/client.hpp"

extern char** environ;

namespace attune::bench {

namespace {

void write(const std::string& path, const std::string& text) {
    std::ofstream file(path, std::ios::binary);
    file << text;
    if (!file) throw std::runtime_error("cannot write " + path);
}

std::string school_site() { return "key,value\nname,Bench school\nhelp,Ring 200\nexample,yes\n"; }

std::string school_places(int rooms) {
    std::string text = "place,name,kind,zone,route_hint,extension\n";
    for (int n = 0; n < rooms; ++n) text += fmt::format("{},Room {},room,zone{},Upper corridor,{}\n", place_id(n), n, n % 8, 1000 + n);
    return text;
}

std::string school_staff(int handsets) {
    std::string text = "person,name,short_name,roles,base\n";
    for (int n = 0; n < handsets; ++n) text += fmt::format("{},Adult Number {},Adult{},responder,{}\n", person_id(n), n, n, place_id(0));
    return text;
}

pid_t spawn(const std::vector<std::string>& words, const std::string& log) {
    std::vector<char*> arguments;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    posix_spawn_file_actions_adddup2(&actions, 1, 2);
    pid_t pid = -1;
    const int failed = posix_spawn(&pid, words.front().c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) throw std::runtime_error("cannot start " + words.front());
    return pid;
}

bool listening(std::uint16_t port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool open = ::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    ::close(socket);
    return open;
}

/// Those that this process was given when it began.
const cpu_set_t& processors() {
    static const cpu_set_t all = [] {
        cpu_set_t set;
        CPU_ZERO(&set);
        ::sched_getaffinity(0, sizeof set, &set);
        return set;
    }();
    return all;
}
void free_processors() { ::sched_setaffinity(0, sizeof(cpu_set_t), &processors()); }

}  // namespace

std::string place_id(int index) { return fmt::format("r{:04}", index); }
std::string person_id(int index) { return fmt::format("a{:03}", index); }

std::vector<double> fdatasync_ms(const std::string& folder, int count, int pause_us) {
    const std::string path = folder + "/floor.bin";
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) throw std::runtime_error("cannot write " + path);
    const std::string bytes(256, 'x');
    std::vector<double> times;
    for (int n = 0; n < count; ++n) {
        if (pause_us > 0) ::usleep(static_cast<useconds_t>(pause_us));
        const std::int64_t begun = now_us();
        if (::write(file, bytes.data(), bytes.size()) != 256 || ::fdatasync(file) != 0) throw std::runtime_error("cannot sync " + path);
        times.push_back(static_cast<double>(now_us() - begun) / 1000.0);
    }
    ::close(file);
    ::unlink(path.c_str());
    return times;
}

Hub::Hub(std::string program, std::string folder, std::uint16_t port, bool tls, int rooms, int handsets)
    : program_(std::move(program)), folder_(std::move(folder)), state_(folder_ + "/state"), config_(folder_ + "/attuned.toml"), port_(port) {
    ::mkdir((folder_ + "/school").c_str(), 0700);
    write(config_, fmt::format("state_dir = \"{}\"\nlisten = \"127.0.0.1:{}\"\n[tls]\nalways = {}\n[limits]\nconnections_max = 20000\n"
                               "connections_per_address_max = 20000\n[log]\nlevel = \"warn\"\n", state_, port_, tls));
    write(folder_ + "/school/site.csv", school_site());
    write(folder_ + "/school/places.csv", school_places(rooms));
    write(folder_ + "/school/staff.csv", school_staff(handsets));
    write(folder_ + "/school/children.csv", "child,initials,places,adults,helps_1,helps_2,helps_3,about\n");
}

Hub::~Hub() { kill_now(); }

void Hub::import_school() {
    const pid_t pid = spawn({program_, "import", folder_ + "/school", "--apply", "--config", config_}, folder_ + "/import.log");
    int status = 0;
    ::waitpid(pid, &status, 0);
    if (status != 0) throw std::runtime_error("the import failed; see " + folder_ + "/import.log");
}

double Hub::start() {
    free_processors();  // a hub begins with all of them
    const std::int64_t begun = now_us();
    pid_ = spawn({program_, "run", "--config", config_}, folder_ + "/attuned.log");
    while (!listening(port_) || !local_.connect(state_ + "/attuned.sock").empty()) {
        int status = 0;
        if (::waitpid(pid_, &status, WNOHANG) == pid_) {
            pid_ = -1;
            throw std::runtime_error("attuned has ended; see " + folder_ + "/attuned.log");
        }
        if (now_us() - begun > 60'000'000) throw std::runtime_error("attuned did not listen within 60 s");
        ::usleep(1000);
    }
    return static_cast<double>(now_us() - begun) / 1000.0;
}

void Hub::share_processors() const {
    const cpu_set_t& all = processors();
    if (CPU_COUNT(&all) < 2) return;
    cpu_set_t first, rest = all;
    CPU_ZERO(&first);
    for (int n = 0; n < CPU_SETSIZE && CPU_COUNT(&first) == 0; ++n)
        if (CPU_ISSET(n, &all)) {
            CPU_SET(n, &first);
            CPU_CLR(n, &rest);
        }
    for (const auto& entry : std::filesystem::directory_iterator(fmt::format("/proc/{}/task", pid_))) {
        const pid_t thread = std::stoi(entry.path().filename().string());
        ::sched_setaffinity(thread, sizeof all, thread == pid_ ? &first : &rest);
    }
    ::sched_setaffinity(0, sizeof rest, &rest);
}

void Hub::kill_now() {
    if (pid_ <= 0) return;
    local_.close();
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = -1;
}

void Hub::stop() {
    if (pid_ <= 0) return;
    local_.close();
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
    pid_ = -1;
}

std::string Hub::code(protocol::DeviceKind kind, const std::string& place, const std::string& person) {
    protocol::MakeEnrolmentCode wish{kind, {}, {}};
    if (!place.empty()) wish.place = place;
    if (!person.empty()) wish.person = person;
    std::vector<std::byte> bytes;
    (void)protocol::encode(wish, random_id(), bytes, protocol::local_limits);
    if (!local_.send(bytes)) throw std::runtime_error(local_.error());
    while (local_.receive(bytes, std::chrono::seconds(10))) {
        const auto answer = protocol::decode(bytes, protocol::local_limits);
        if (!answer) throw std::runtime_error("the local socket sent a broken frame");
        if (const auto* made = get_if<protocol::EnrolmentCode>(&answer->message)) return made->code;
        if (const auto* refused = get_if<protocol::Rejected>(&answer->message)) throw std::runtime_error(refused->message);
    }
    throw std::runtime_error(local_.error());
}

double Hub::pss_kib() const {
    std::ifstream file(fmt::format("/proc/{}/smaps_rollup", pid_));
    for (std::string line; std::getline(file, line);)
        if (line.rfind("Pss:", 0) == 0) return std::stod(line.substr(4));
    return 0;
}

double Hub::cpu_seconds() const {
    clockid_t clock{};
    timespec used{};
    if (::clock_getcpuclockid(pid_, &clock) != 0 || ::clock_gettime(clock, &used) != 0) return 0;
    return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

}  // namespace attune::bench
