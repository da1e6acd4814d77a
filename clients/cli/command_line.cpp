// The commands, their options and their help. --profile, --json and --timeout stand at the top and may be given before
// or after the command.
#include "clients/cli/command_line.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <functional>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "clients/cli/commands.hpp"
#include "clients/cli/completion.hpp"
#include "clients/cli/hub_commands.hpp"
#include "clients/cli/json.hpp"
#include "clients/cli/words.hpp"

namespace attune::cli {

namespace {

constexpr const char* exit_codes =
    "Exit codes:\n"
    "  0 done                       4 the hub did not answer in time; a press is kept\n"
    "  1 this machine's fault       5 nothing to do: no such open call\n"
    "  2 the command line is wrong  6 not enrolled, or no longer; or the link is not valid\n"
    "  3 refused, nothing changed   7 what answers is not this device's hub\n"
    "                               8 waits for a second person, who lets the device in\n"
    "attune COMMAND --help says more; so does man attune.";

const std::vector<std::string> notes{"medical", "two_adults", "has_left_room"};

std::vector<std::string> needs() {
    return {protocol::need_names.begin(), protocol::need_names.end()};
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words)
        out += (out.empty() ? "" : " ") + word;
    return out;
}

class CommandLine {
  public:
    CommandLine() : app_("attune: ask for support and answer it, from a terminal or a script", "attune") {
        app_.set_version_flag("--version", program_and_version());
        app_.require_subcommand(1);
        app_.fallthrough();
        app_.footer(exit_codes);
        app_.get_formatter()->column_width(28);
        const char* profile = std::getenv("ATTUNE_PROFILE");  // NOLINT(concurrency-mt-unsafe)
        common_.profile = profile && *profile ? profile : "default";
        app_.add_option("--profile", common_.profile, "Which of this user's devices (or ATTUNE_PROFILE)")
            ->type_name("NAME")
            ->capture_default_str();
        app_.add_flag("--json", common_.json, "One JSON object a line, for scripts");
        timeout_ = app_.add_option("--timeout", common_.timeout_s,
                                   "How long to wait for the hub; 0 is for ever. 10, and for raise and drill 0")
                       ->type_name("SECONDS")
                       ->check(CLI::Range(0.0, 86'400.0));
        add_device();
        add_asking();
        add_button();
        add_answering();
        add_person();
        add_hub();
    }

    int run(int count, char** arguments) {
        // What the shells ask. It stands in no list of commands: what follows it is another command line.
        if (count > 2 && std::string_view(arguments[1]) == "complete-line") {
            for (const auto& word : completions(app_, {arguments + 3, arguments + std::max(count, 3)}))
                fmt::print("{}\n", word);
            return static_cast<int>(Exit::done);
        }
        try {
            app_.parse(count, arguments);
        } catch (const CLI::Success& asked) {
            return app_.exit(asked);  // --help, --version
        } catch (const CLI::ParseError& error) {
            return failed(Exit::usage, std::string(error.what()) + "\nattune --help says how it is used.");
        }
        try {
            return static_cast<int>(chosen_());
        } catch (const Failure& failure) {
            return failed(failure.code(), failure.what());
        } catch (const std::exception&) {
            return failed(Exit::failed,
                          "Something went wrong on this machine: its memory or its files. Try once more.");
        }
    }

  private:
    using Action = std::function<Exit()>;

    int failed(Exit code, const std::string& sentence) const {
        fmt::print(stderr, "attune: {}\n", sentence);
        if (common_.json)
            fmt::print("{{\"kind\":\"error\",\"exit\":{},\"message\":{}}}\n", static_cast<int>(code),
                       json_text(sentence));
        return static_cast<int>(code);
    }

    CLI::App* add(CLI::App& parent, const char* group, const char* name, const char* about, Action action) {
        CLI::App* command = parent.add_subcommand(name, about);
        command->group(group);
        command->callback([this, action = std::move(action)] { chosen_ = action; });
        return command;
    }

    void add_call(CLI::App* command) {
        command->add_option("CALL", call_, "Its number; needed only where several calls could be meant");
    }

    void add_device() {
        const char* group = "This device";
        auto* enrolment = add(app_, group, "enrol", "Make this machine a device of a hub, with a one-time link",
                              [this] { return enrol(common_, enrol_); });
        enrolment->add_option(
            "LINK", enrol_.link,
            "attune://HOST:PORT/CODE/KEY; - reads it from standard input; without it, it is asked for");
        enrolment->add_flag("--replace", enrol_.replace, "Although this profile is enrolled already");
        enrolment->footer(
            "The link is made on the hub: attune devices enrol room --place PLACE. It works once, within "
            "ten minutes. Others on this machine can see an argument for a moment; - keeps it from them.");
        add(app_, group, "status", "Who this device is, whether the hub answers, what is open",
            [this] { return show_status(common_); });
        auto* following = add(app_, group, "watch", "Follow what this device is told, and make a handset ring",
                              [this] { return watch(common_, watch_); });
        following->add_flag("--bell", watch_.bell, "Sound the terminal's bell while an adult is wanted");
        following->add_option("--ring", watch_.ring, "Run this command while an adult is wanted, again when it ends")
            ->type_name("COMMAND");
        following->footer(
            "Goes on when the hub is lost and back. Other attune commands of the same profile use its "
            "connection. Ctrl-C ends it.");
        add(app_, group, "people", "Who may sign in or be sent", [this] { return list_people(common_); });
        add(app_, group, "places", "The places that a handset may name", [this] { return list_places(common_); });
        add(app_, group, "children", "The children with a plan who are due in this room, by initials",
            [this] { return list_children(common_); });
    }

    void add_raise(const char* name, const char* about, bool drill) {
        auto* press = add(app_, "Ask for support", name, about, [this, drill] {
            raise_.drill = drill;
            raise_.level = level_of(level_);
            if (timeout_->count() == 0) common_.timeout_s = 0;
            return raise(common_, raise_);
        });
        press
            ->add_option("LEVEL", level_, "please (support please), now (support now) or everyone (everyone available)")
            ->required()
            ->check(CLI::IsMember({"please", "now", "everyone", "1", "2", "3"}))
            ->type_name("LEVEL");
        press->add_option("--place", raise_.place, "Where: a handset says it, a room is it")->type_name("PLACE");
        press->add_option("--until", raise_.until, "Follow it until received, ringing, coming, here, settled or closed")
            ->check(CLI::IsMember({"received", "ringing", "coming", "here", "settled", "closed"}))
            ->type_name("RUNG")
            ->capture_default_str();
        press->footer(
            "The press is on this machine's disk before it is sent, and is sent until the hub has it: a crash, "
            "a reboot or a lost hub never lose it and never double it. The same or a higher level again makes "
            "the same call more urgent.");
    }

    void add_asking() {
        add_raise("raise", "Ask for support", false);
        add_raise("drill", "Practise: the same, marked as a drill everywhere", true);
        const char* group = "Ask for support";
        auto* never_mind = add(app_, group, "withdraw", "Never mind: raised by mistake? That's fine",
                               [this] { return withdraw(common_, withdraw_); });
        never_mind->add_option("CALL", withdraw_.call, "Its number");
        auto* confirm = never_mind->add_flag("--confirm", withdraw_.confirm, "Yes, all is well here: it ends");
        never_mind->add_flag("--keep", withdraw_.keep, "We still need someone")->excludes(confirm);
        auto* note = add(app_, group, "note", "Add to an open call: medical, two_adults or has_left_room",
                         [this] { return add_note(common_, call_, word_); });
        note->add_option("NOTE", word_, "What to add")
            ->required()
            ->check(CLI::IsMember(notes))
            ->type_name("NOTE");
        add_call(note);
        auto* child = add(app_, group, "child", "Say who an open call of this room is for",
                          [this] { return choose_child(common_, call_, word_); });
        child->add_option("INITIALS", word_, "From attune children")->required();
        add_call(child);
    }

    void add_button() {
        auto* keys = add(app_, "Ask for support", "button", "A room's button without a screen: a key for each level",
                         [this] { return button(common_, button_); });
        auto* device = keys->add_option("--device", button_.device, "The input device, from /dev/input/by-id")
                           ->type_name("PATH");
        keys->add_option("--events", button_.events, "Its records from a file or a pipe; - is standard input")
            ->type_name("PATH")
            ->excludes(device);
        keys->add_option("--key", button_.keys, "A key that raises a call, KEY_ENTER say; before its --level")
            ->type_name("KEY")
            ->allow_extra_args(false);
        keys->add_option("--level", button_.levels, "Which level: please, now or everyone, or 1 to 3")
            ->check(CLI::IsMember({"please", "now", "everyone", "1", "2", "3"}))
            ->type_name("LEVEL")
            ->allow_extra_args(false);
        keys->add_flag("--led{first}", button_.led,
                       "Show the rung on the device's light; --led=LED_NAME another one, --led=FILE a board's own");
        keys->add_flag("--name-keys", button_.name_keys, "Only print the name of each key that is pressed");
        keys->footer(
            "Runs until it is told to end, as a service does. The device is taken for this alone, so that its keys "
            "type nowhere else. Each level has a key of its own; a held key is one press. A press is on this "
            "machine's disk before it is sent. The light: on and off, not through yet; on with a short pause, "
            "received; on, somebody is coming; one short light in eight seconds, no hub.");
    }

    void add_answer(const char* name, const char* about, Exit (*action)(const Common&, CallNumber)) {
        add_call(add(app_, "Answer a call", name, about, [this, action] { return action(common_, call_); }));
    }

    void add_answering() {
        const char* group = "Answer a call";
        auto* yes =
            add(app_, group, "accept", "I'm coming", [this] { return accept(common_, call_, on_way_, going_); });
        add_call(yes);
        yes->add_flag("--on-way", on_way_, "And I am on my way now");
        yes->add_option("--going", going_, "A station says who goes")->type_name("PERSON");
        add_answer("decline", "I can't. Private and free; no reason is asked", decline);
        add_answer("on-way", "I'm on my way", on_way);
        add_answer("arrive", "Someone is here: said by the adult, or by the room", arrive);
        add_answer("still-there", "Still with them", still_there);
        add_answer("another-adult", "Another adult is needed", another_adult);
        add_answer("look-in", "I looked in, all is well: ends a call that was raised by mistake", look_in);
        add_answer("settle", "Settled, ready to go on", settle);
        auto* to_space =
            add(app_, group, "move", "To a calm space, together", [this] { return move(common_, call_, word_); });
        to_space->add_option("PLACE", word_, "From attune places")->required();
        add_call(to_space);
        auto* hand = add(app_, group, "hand-over", "Another adult, who is there, has it from here",
                         [this] { return hand_over(common_, call_, word_); });
        hand->add_option("PERSON", word_, "From attune people")->required();
        add_call(hand);
        auto* end = add(app_, group, "close", "Close a call, after an arrival", [this] {
            close_.call = call_;
            return close(common_, close_);
        });
        add_call(end);
        auto* settled = end->add_flag("--settled", close_.settled, "It went so: settled, ready to go on");
        end->add_option("--moved", close_.moved_to, "It went so: to a calm space, together")
            ->type_name("PLACE")
            ->excludes(settled);
        end->add_option("--helped", close_.helped, "A line of what helps that did help, from 1; more than once for more lines")
            ->type_name("LINE")
            ->allow_extra_args(false);  // what follows is the call
        end->add_option("--need", close_.needs, "What might this have been telling us? Once for each: " + joined(needs()))
            ->allow_extra_args(false)
            ->check(CLI::IsMember(needs()))
            ->type_name("NEED");
    }

    void add_person() {
        const char* group = "Who has this handset";
        auto* in = add(app_, group, "sign-in", "Say who has this handset, with the PIN",
                       [this] { return sign_in(common_, sign_in_); });
        in->add_option("PERSON", sign_in_.person, "An id or a name of attune people; without it, whose handset it is");
        in->add_option("--pin-fd", sign_in_.pin_fd,
                       "Read the PIN from this descriptor: attune sign-in --pin-fd 3 3< FILE")
            ->type_name("NUMBER")
            ->check(CLI::Range(0, 1'023));
        in->footer(
            "Without --pin-fd the PIN is asked for at the terminal and not shown. On a handset that was made ready "
            "for this person, the first time chooses the PIN.");
        add(app_, group, "sign-out", "End this person's time on this handset", [this] { return sign_out(common_); });
        add(app_, group, "lock", "Stay on duty, hide what is about children", [this] { return lock(common_); });
        auto* duty = add(app_, group, "duty", "Start a duty: sound the tone, say whether you heard it",
                         [this] { return start_duty(common_, word_); });
        duty->add_option("--heard", word_, "yes or no, instead of being asked")
            ->check(CLI::IsMember({"yes", "no"}))
            ->type_name("yes|no");
        auto* state = add(app_, group, "availability", "Free, with a child, or on a break",
                          [this] { return set_availability(common_, word_, minutes_); });
        state->add_option("STATE", word_, "free, with-child or on-break")
            ->required()
            ->check(CLI::IsMember({"free", "with-child", "on-break"}))
            ->type_name("STATE");
        state->add_option("--minutes", minutes_, "How long the break is")
            ->check(CLI::Range(1, 120))
            ->type_name("COUNT")
            ->capture_default_str();
    }

    void add_hub() {
        const char* group = "On the hub's own machine";
        auto* devices = app_.add_subcommand("devices", "List, enrol, rename and revoke devices");
        devices->group(group);
        devices->require_subcommand(1);
        devices->fallthrough();
        add(*devices, "", "list", "All devices but those that are out", [this] {
            return list_devices(common_, hub_);
        })->group("Commands");
        auto* enrolment = add(*devices, "Commands", "enrol", "Print a one-time link for a native device",
                              [this] { return make_link(common_, hub_, new_device_); });
        enrolment->add_option("KIND", new_device_.kind, "room, handset, station or calm")
            ->required()
            ->check(CLI::IsMember({"room", "handset", "station", "calm"}))
            ->type_name("KIND");
        enrolment->add_option("--place", new_device_.place, "The room, or where the station stands")
            ->type_name("PLACE");
        enrolment->add_option("--person", new_device_.person, "Whose handset: may choose a PIN on it")
            ->type_name("PERSON");
        auto* name = add(*devices, "Commands", "rename", "Give a device another label",
                         [this] { return rename_device(common_, hub_, word_, label_); });
        name->add_option("DEVICE", word_, "Its id, from attune devices list")->required();
        name->add_option("LABEL", label_, "What stations and lists call it")->required();
        auto* out = add(*devices, "Commands", "revoke", "Take a device out within 5 seconds",
                        [this] { return revoke_device(common_, hub_, word_); });
        out->add_option("DEVICE", word_, "Its id, from attune devices list")->required();
        auto* import = add(app_, group, "import", "Show what the CSV files in DIR would change, or change it",
                           [this] { return import_files(common_, hub_, word_, apply_); });
        import->add_option("DIR", word_, "Folder with site.csv, places.csv, staff.csv, children.csv, …")->required();
        import->add_flag("--apply", apply_, "Change all of it, or nothing where something is wrong");
        auto* log = add(app_, group, "log", "Read and check the journal: tail, show, export, verify",
                        [this] { return read_log(common_, hub_, word_, app_.get_subcommand("log")->remaining()); });
        log->add_option("WHAT", word_, "And what attuned log takes with it: tail -n COUNT, show SEQ, saw DEVICE, export, verify")
            ->required()
            ->check(CLI::IsMember({"tail", "show", "saw", "export", "verify"}))
            ->type_name("WHAT");
        log->footer(
            "It is attuned that reads the journal, so the exit codes are attuned's here: 0 done, 1 not done (no such "
            "event, a broken chain, no journal), 2 the command line is wrong.");
        log->allow_extras()->fallthrough(false);  // attuned knows its own options
        for (CLI::App* command : {devices, import, log})
            command->add_option("--hub-socket", hub_.socket, "The hub's local socket")->type_name("PATH");
        auto* completion = app_.add_subcommand("completion", "Print a shell's completion: bash, zsh or fish");
        completion->group("This device");
        completion->add_option("SHELL", word_, "Whose")
            ->required()
            ->check(CLI::IsMember({"bash", "zsh", "fish"}))
            ->type_name("SHELL");
        completion->footer(
            "bash: source <(attune completion bash)\nzsh, after compinit: source <(attune completion zsh)\n"
            "fish: attune completion fish | source");
        completion->callback([this] {
            chosen_ = [this] {
                fmt::print("{}", completion_script(word_));
                return Exit::done;
            };
        });
    }

    CLI::App app_;
    Common common_;
    CLI::Option* timeout_ = nullptr;
    Action chosen_;
    EnrolOptions enrol_;
    WatchOptions watch_;
    RaiseOptions raise_;
    ButtonOptions button_;
    WithdrawOptions withdraw_;
    CloseOptions close_;
    SignInOptions sign_in_;
    HubOptions hub_;
    NewDevice new_device_;
    CallNumber call_;
    std::string level_, word_, going_, label_;
    std::uint64_t minutes_ = 15;
    bool on_way_ = false, apply_ = false;
};

}  // namespace

int run_command_line(int count, char** arguments) {
    std::signal(SIGPIPE, SIG_IGN);
    return CommandLine().run(count, arguments);
}

}  // namespace attune::cli
