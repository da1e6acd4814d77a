// CLI11 reads the arguments and writes the help; it appears here alone. Options that every command takes stand at the
// top and may be given before or after the command.
#include "hub/daemon/command_line.hpp"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <functional>
#include <new>
#include <stdexcept>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "hub/daemon/commands.hpp"
#include "hub/daemon/files.hpp"
#include "hub/daemon/json.hpp"

namespace attune::daemon {

namespace {

constexpr const char* usual_config = "/etc/attune/attuned.toml";

struct CommonOptions {
    std::string config;
    std::string state;
    std::string listen;
    std::string www;
};

/// Faults of the configuration, printed already, a line each; all of them for an object.
struct Printed {
    std::string all;
};

void print_error(const std::string& sentence) {
    fmt::print(stderr, "attuned: {}\n", sentence);
}

Config load_config(const CommonOptions& common) {
    Config config = default_config();
    const bool named = !common.config.empty();
    const std::string file = named ? common.config : usual_config;
    if (named || is_there(file)) {
        const std::string text = read_file(file, config_bytes_max);
        const ParsedConfig parsed = parse_config(text, config);
        std::string all;
        for (const auto& fault : parsed.faults)
            all += fmt::format("{}{}: {}\n", file, fault.line ? fmt::format(":{}", fault.line) : "", fault.message);
        fmt::print(stderr, "{}", all);
        if (!all.empty()) throw Printed{all.substr(0, all.size() - 1)};
        config = parsed.config;
    }
    if (!common.state.empty()) config.state_dir = std::filesystem::absolute(common.state).lexically_normal();
    if (!common.www.empty()) config.www = std::filesystem::absolute(common.www).lexically_normal();
    if (!common.listen.empty()) config.listen = *parse_endpoint(common.listen);
    return config;
}

std::string check_endpoint(const std::string& text) {
    return parse_endpoint(text) ? "" : "is an address and a port, such as 127.0.0.1:8460 or [::]:443";
}

std::string check_seq(const std::string& text) {
    const bool digits = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
    return digits && text.size() <= 18 && text != "0" ? "" : "is the number of an event: 1, 2, 3 …";
}

/// Ours are sentences already; what a library says of the system's refusals no person can use.
std::string sentence_of(const std::exception& error) {
    if (dynamic_cast<const std::bad_alloc*>(&error) != nullptr)
        return "There is not enough memory. Give attuned more, and start it again.";
    const auto* refused = dynamic_cast<const std::system_error*>(&error);
    if (refused == nullptr) return error.what();
    if (refused->code() == std::errc::too_many_files_open || refused->code() == std::errc::too_many_files_open_in_system)
        return "Too many files are open. Allow attuned more: ulimit -n 16384 in this shell, or LimitNOFILE in the service.";
    return fmt::format("The system refused: {}. Look at this machine's disk and memory, then try again.", refused->code().message());
}

class CommandLine {
  public:
    CommandLine() : app_("attuned: the hub of one school site", "attuned") {
        app_.set_version_flag("--version", program_and_version());
        app_.require_subcommand(1);
        app_.fallthrough();
        app_.footer(
            "Exit codes: 0 done; 1 not done, a sentence on standard error says what to do; 2 the command line was "
            "wrong. With --json that sentence is on standard output too, as {\"kind\":\"error\",\"exit\":1,\"message\":…}.");
        app_.add_option("--config", common_.config,
                        "The configuration (default: /etc/attune/attuned.toml if it is there)")
            ->type_name("FILE");
        app_.add_option("--state", common_.state, "The state folder, instead of the configuration's state_dir")
            ->type_name("DIR");
        add_run();
        add_import();
        add_devices();
        add_leaders();
        add_cards();
        add_supply();
        add_ready();
        add_log();
        add("status", "Is the hub running, and is it well?", [this](const Config& c) {
            return show_status(c, json_);
        })->add_flag("--json", json_, "As JSON");
        auto* config = group("config", "The configuration");
        add(*config, "check", "Read the configuration and say what is wrong, by line", [](const Config& c) {
            const auto faults = check_files(c);
            for (const auto& fault : faults)
                print_error(fault);
            if (faults.empty()) fmt::print("The configuration is right.\n");
            return faults.empty() ? 0 : 1;
        });
    }

    int run(int count, char** arguments) {
        // Looked for here: a wrong command line may not be read as far as --json.
        wants_json_ = std::find(arguments, arguments + count, std::string_view("--json")) != arguments + count;
        try {
            app_.parse(count, arguments);
        } catch (const CLI::Success& asked) {
            return app_.exit(asked);  // --help, --version
        } catch (const CLI::ParseError& error) {
            const std::string unknown = unknown_command(count, arguments);
            const std::string sentence = unknown.empty() ? error.what() : unknown;
            fmt::print(stderr, "attuned: {}\nattuned --help says how it is used.\n", sentence);
            return undone(2, sentence);
        }
        try {
            return chosen_(load_config(common_));
        } catch (const Printed& faults) {
            return undone(1, faults.all);
        } catch (const Told& error) {
            print_error(error.what());
            return 1;
        } catch (const std::exception& error) {
            print_error(sentence_of(error));
            return undone(1, sentence_of(error));
        }
    }

  private:
    using Action = std::function<int(const Config&)>;

    /// Whoever asked for JSON reads one place, whatever comes of it.
    int undone(int code, const std::string& sentence) const {
        if (wants_json_) fmt::print("{{\"kind\":\"error\",\"exit\":{},\"message\":{}}}\n", code, json_text(sentence));
        return code;
    }

    /// A sentence when the first word is no command, or the second is none of a group's; else empty.
    std::string unknown_command(int count, char** arguments) {
        CLI::App* at = &app_;
        for (int i = 1; i < count; ++i) {
            const std::string_view word = arguments[i];
            if (word == "--config" || word == "--state") ++i;
            if (word.starts_with("-")) continue;
            const auto commands = at->get_subcommands([](CLI::App*) { return true; });
            if (commands.empty()) return "";
            std::vector<std::string_view> names;
            CLI::App* found = nullptr;
            for (CLI::App* each : commands) {
                names.push_back(each->get_name());
                if (each->get_name() == word) found = each;
            }
            if (found == nullptr) {
                const std::string_view near = nearest(word, names);
                return fmt::format("There is no command \"{:.40}\".{} The commands are {}.", word,
                                   near.empty() ? "" : fmt::format(" Did you mean \"{}\"?", near),
                                   fmt::join(names, ", "));
            }
            at = found;
        }
        return "";
    }

    CLI::App* add(CLI::App& parent, const char* name, const char* about, Action action) {
        CLI::App* command = parent.add_subcommand(name, about);
        command->callback([this, action = std::move(action)] { chosen_ = action; });
        return command;
    }
    CLI::App* add(const char* name, const char* about, Action action) {
        return add(app_, name, about, std::move(action));
    }
    CLI::App* group(const char* name, const char* about) {
        CLI::App* command = app_.add_subcommand(name, about);
        command->require_subcommand(1);
        return command;
    }

    void add_run() {
        auto* run = add("run", "Serve the site until SIGTERM or Ctrl-C",
                        [this](const Config& c) { return run_service(c, example_links_, !no_links_); });
        run->add_option("--listen", common_.listen, "Address and port, instead of the configuration's listen")
            ->type_name("ADDR:PORT")
            ->check(check_endpoint);
        run->add_option("--www", common_.www, "Serve the pages from this folder and not from the program")
            ->type_name("DIR");
        run->add_flag("--no-links", no_links_, "Print no link for the first administrator at the start");
        run->add_flag("--example-links", example_links_,
                      "Once ready, print one-time links for a first look (the example school only)");
    }

    void add_import() {
        auto* import = add("import", "Show what the CSV files in DIR would change, or change it",
                           [this](const Config& c) { return import_directory(c, dir_, apply_); });
        import->add_option("DIR", dir_, "Folder with site.csv, places.csv, staff.csv, children.csv, …")->required();
        import->add_flag("--apply", apply_, "Change all of it, or nothing where something is wrong");
    }

    void add_devices() {
        auto* enrolment =
            add("enrol", "Print a one-time link that enrols a device, good for ten minutes", [this](const Config& c) {
                enrol_.qr = !no_qr_;
                return enrol(c, enrol_);
            });
        enrolment->add_option("KIND", enrol_.kind, "room, handset, station, calm, kiosk or board")
            ->required()
            ->check(CLI::IsMember({"room", "handset", "station", "calm", "kiosk", "board"}));
        enrolment->add_flag("--corridor", enrol_.corridor, "A board that everybody passes: it names no child");
        enrolment->add_option("--place", enrol_.place, "The room, or where the station stands")->type_name("PLACE");
        enrolment->add_option("--person", enrol_.person, "Whose handset: may choose a PIN on it")->type_name("PERSON");
        enrolment->add_flag("--native", enrol_.native, "A link for attune, the native client, and not for a browser");
        enrolment->add_flag("--json", enrol_.json, "As JSON");
        enrolment->add_flag("--no-qr", no_qr_, "The link alone, without its QR code");
        auto* links = add("links", "Print one-time links for a first look at the example school",
                          [this](const Config& c) { return example_links(c, !no_qr_); });
        links->add_flag("--example", example_links_, "Say that this is the example school")->required();
        links->add_flag("--no-qr", no_qr_, "The links alone, without their QR codes");
        add("devices", "List the enrolled devices", [this](const Config& c) {
            return list_devices(c, json_);
        })->add_flag("--json", json_, "As JSON");
        add("revoke", "Take a device out within 5 seconds", [this](const Config& c) { return revoke(c, device_); })
            ->add_option("DEVICE", device_, "Its id, from attuned devices")
            ->required();
    }

    void add_leaders() {
        auto* leaders = group("leaders", "Accounts of those who sign in with a browser: heads, DSLs, SENCOs, duty leads, administrators");
        const auto asks = [this](CLI::App* command, bool named) {
            if (named) command->add_option("STAFF_ID", leader_.person, "The person, as in staff.csv")->required();
            command->add_flag("--json", leader_.json, "As JSON");
            command->add_flag("--no-qr", no_qr_, "The link alone, without its QR code");
        };
        const auto invite = [this](const Config& c) {
            leader_.qr = !no_qr_;
            return invite_leader(c, leader_);
        };
        asks(add(*leaders, "invite", "Print a one-time link with which this person opens an account, good for half an hour", invite), true);
        asks(add(*leaders, "first", "Print one for the first administrator, good for a day; nothing once somebody has an account", invite), false);
        add(*leaders, "list", "Who may have an account, and who has", [this](const Config& c) {
            return list_leaders(c, json_);
        })->add_flag("--json", json_, "As JSON");
        const auto about = [this](CLI::App* command) {
            command->add_option("STAFF_ID", leader_.person, "The person, as in staff.csv")->required();
        };
        about(add(*leaders, "reset", "Close this person's account: password, authenticator and recovery codes are void",
                  [this](const Config& c) { return reset_leader(c, leader_.person); }));
        about(add(*leaders, "end-sessions", "Sign this person out of every browser",
                  [this](const Config& c) { return end_leader_sessions(c, leader_.person); }));
    }

    void add_cards() {
        auto* cards = group("cards", "Cards with which children ask for talk time at a kiosk");
        auto* print = add(*cards, "print", "Make cards and print them, this once; a child's older card opens nothing any more",
                          [this](const Config& c) { return print_cards(c, cards_); });
        print->add_option("CHILD", cards_.children, "Children, as in children.csv; none: everyone who has no card yet");
        print->add_option("--html", cards_.html, "Write a page to be printed into this new file")->type_name("FILE");
    }

    void add_supply() {
        auto* supply = group("supply", "Adults who are here for today only, gone at the end of the school day");
        auto* command = add(*supply, "add", "Add somebody for today, and print the PIN with which they sign in on a handset, this once",
                            [this](const Config& c) {
                                supply_.json = json_;
                                return daemon::add_supply(c, supply_);
                            });
        command->add_option("NAME", supply_.name, "As they say it")->required();
        command->add_option("--short-name", supply_.short_name, "As rooms will read it (default: the first word of NAME)");
        command->add_option("--roles", supply_.roles, "responder, teacher or both")->type_name("ROLE")->capture_default_str();
        command->add_option("--covers", supply_.covers, "The absent adult for whose children they are asked as cover")->type_name("STAFF_ID");
        command->add_option("--place", supply_.place, "Where they are based today")->type_name("PLACE");
        command->add_flag("--json", json_, "As JSON");
        add(*supply, "list", "Who is here for today", [this](const Config& c) { return list_supplies(c, json_); })->add_flag("--json", json_, "As JSON");
        add(*supply, "end", "They have gone earlier", [this](const Config& c) { return end_supply(c, device_); })->add_option("PERSON", device_, "The id, from attuned supply list")->required();
    }

    void add_ready() {
        auto* ready = add("ready", "What is not ready this morning and whose it is, and where nobody has ever pressed",
                          [this](const Config& c) { return supply_html_.empty() ? show_ready(c, json_) : print_supply_cards(c, supply_html_); });
        ready->add_flag("--json", json_, "As JSON");
        ready->add_option("--supply-cards", supply_html_, "Write the 60-second card of each room into this new file, to be printed")->type_name("FILE");
    }

    void add_log() {
        auto* log = group("log", "Check and read the journal");
        auto* verify = add(*log, "verify", "Check every event and its place in the chain",
                           [this](const Config& c) { return verify_log(c, checkpoint_, json_); });
        verify->add_option("--checkpoint", checkpoint_.file, "And that the log begins with what this file, from log checkpoint, says")
            ->type_name("FILE");
        verify->add_option("--key", checkpoint_.key, "The public key that it is signed with, from log key; this hub's own where none is given")
            ->type_name("KEY");
        verify->add_flag("--json", json_, "As JSON");
        add(*log, "checkpoint", "Check the log and print a signed statement of it, to be kept elsewhere",
            [](const Config& c) { return print_checkpoint(c); })
            ->footer("Keep what it prints, and once what attuned log key prints, where nobody who can write to this machine can. Held\n"
                     "against it later, a log whose end was cut off, that is an older copy or was written anew, is found out.");
        add(*log, "key", "The public key by which anybody can check checkpoints of this log", [](const Config& c) { return print_log_key(c); });
        auto* tail = add(*log, "tail", "The newest events, one a line",
                         [this](const Config& c) { return tail_log(c, events_, json_); });
        tail->add_option("-n", events_, "How many")
            ->capture_default_str()
            ->type_name("COUNT")
            ->check(CLI::Range(1, 1'000'000));
        tail->add_flag("--json", json_, "As JSON");
        auto* show = add(*log, "show", "One event with all it says",
                         [this](const Config& c) { return show_event(c, seq_, children()); });
        show->add_option("SEQ", seq_, "Its number")->required()->check(check_seq);
        show->add_flag("--with-children", with_children_, "With what is known of children");
        show->add_flag("--json", json_, "As JSON, which it is in any case");
        auto* saw = add(*log, "saw", "The calls that a device could see: for a handset that was lost",
                        [this](const Config& c) { return show_sights(c, device_, children(), json_); });
        saw->add_option("DEVICE", device_, "Its id, from attuned devices or the log")->required();
        saw->add_flag("--with-children", with_children_, "With the references of children");
        saw->add_flag("--json", json_, "As one line of JSON for each call");
        auto* all = add(*log, "export", "All events, as one line of JSON each",
                        [this](const Config& c) { return export_log(c, from_, children()); });
        all->footer(
            "Without --with-children nothing is said of any child, not even the reference: a place and the adults who "
            "came would tell who it was.");
        all->add_option("--from", from_, "From this number on")->capture_default_str()->type_name("SEQ")->check(check_seq);
        all->add_flag("--with-children", with_children_, "With what is known of children");
        all->add_flag("--json", json_, "As JSON, which it is in any case");
    }

    Children children() const { return with_children_ ? Children::shown : Children::withheld; }

    CLI::App app_;
    CommonOptions common_;
    Action chosen_;
    bool wants_json_ = false, example_links_ = false, apply_ = false, json_ = false, no_qr_ = false, no_links_ = false,
         with_children_ = false;
    std::string dir_, device_;
    EnrolOptions enrol_;
    CardOptions cards_;
    SupplyOptions supply_;
    std::filesystem::path supply_html_;
    LeaderOptions leader_;
    CheckpointOptions checkpoint_;
    std::uint64_t events_ = 20, seq_ = 0, from_ = 1;
};

}  // namespace

int run_command_line(int count, char** arguments) {
    return CommandLine().run(count, arguments);
}

}  // namespace attune::daemon
