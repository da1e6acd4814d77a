// Walks the tree of commands for what may come next. The shells ask each time, so that no script of theirs can be older
// than the program.
#include "clients/cli/completion.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

namespace attune::cli {

namespace {

/// What a value may be, where that is fixed: CLI11 says it as "LEVEL:{please,now,everyone}".
std::vector<std::string> values_of(const CLI::Option& option) {
    const std::string type = option.get_type_name();
    const auto open = type.find('{'), close = type.find('}');
    std::vector<std::string> words;
    if (open == std::string::npos || close == std::string::npos) return words;
    for (std::size_t at = open + 1; at < close;) {
        const std::size_t comma = std::min(type.find(',', at), close);
        std::string word = type.substr(at, comma - at);
        // A level may be a number, too; its word says more.
        if (word.find_first_not_of("0123456789") != std::string::npos) words.push_back(std::move(word));
        at = comma + 1;
    }
    return words;
}

bool takes_value(const CLI::Option& option) {
    return option.get_items_expected_max() > 0 && option.get_expected_min() > 0;
}

/// The command that is being written, and what of it is there already.
class Line {
  public:
    explicit Line(const CLI::App& app) : path_{&app} {}

    void take(const std::string& word) {
        if (awaits_ != nullptr) {
            if (word != "=") awaits_ = nullptr;  // bash makes three words of --until=here
        } else if (word.starts_with("-")) {
            const auto* option = named(word);
            if (option != nullptr && takes_value(*option) && word.find('=') == std::string::npos) awaits_ = option;
        } else if (const auto* command = command_named(word)) {
            path_.push_back(command);
            given_ = 0;
        } else {
            ++given_;
        }
    }

    /// Everything that may stand where `word` begins.
    std::vector<std::string> next(const std::string& word) const {
        if (awaits_ != nullptr) return values_of(*awaits_);
        if (const auto equals = word.find('='); word.starts_with("--") && equals != std::string::npos) {
            std::vector<std::string> whole;
            if (const auto* option = named(word))
                for (const auto& value : values_of(*option)) whole.push_back(word.substr(0, equals + 1) + value);
            return whole;
        }
        return word.starts_with("-") ? options() : commands_and_values();
    }

  private:
    const CLI::Option* named(const std::string& word) const {
        const std::string name = word.substr(0, word.find('='));
        for (auto app = path_.rbegin(); app != path_.rend(); ++app)
            for (const CLI::Option* option : (*app)->get_options())
                if (option->check_name(name)) return option;
        return nullptr;
    }

    const CLI::App* command_named(const std::string& word) const {
        for (const CLI::App* command : path_.back()->get_subcommands([](const CLI::App*) { return true; }))
            if (command->get_name() == word) return command;
        return nullptr;
    }

    std::vector<std::string> options() const {
        std::vector<std::string> words;
        for (auto app = path_.rbegin(); app != path_.rend(); ++app)
            for (const CLI::Option* option : (*app)->get_options())
                for (const auto& name : option->get_lnames())
                    if (std::ranges::find(words, "--" + name) == words.end()) words.push_back("--" + name);
        return words;
    }

    std::vector<std::string> commands_and_values() const {
        std::vector<std::string> words;
        for (const CLI::App* command : path_.back()->get_subcommands([](const CLI::App*) { return true; }))
            if (!command->get_name().empty()) words.push_back(command->get_name());
        std::size_t at = 0;
        for (const CLI::Option* option : path_.back()->get_options())
            if (option->get_positional() && at++ == given_)
                for (auto& value : values_of(*option)) words.push_back(std::move(value));
        return words;
    }

    std::vector<const CLI::App*> path_;  // the program, the command, the command's command
    const CLI::Option* awaits_ = nullptr;
    std::size_t given_ = 0;  // words of the last command that are no options
};

constexpr std::string_view bash_script =
    "_attune() {\n"
    "  local IFS=$'\\n'\n"
    "  COMPREPLY=($(attune complete-line -- \"${COMP_WORDS[@]:1:COMP_CWORD}\" 2>/dev/null))\n"
    "}\n"
    "complete -o default -F _attune attune\n";

constexpr std::string_view zsh_script =
    "_attune() {\n"
    "  local -a next\n"
    "  next=(${(f)\"$(attune complete-line -- \"${(@Q)words[2,CURRENT]}\" 2>/dev/null)\"})\n"
    "  if (( $#next )); then compadd -Q -- $next; else _files; fi\n"
    "}\n"
    "if [[ $funcstack[1] == _attune ]]; then _attune; else compdef _attune attune; fi\n";

constexpr std::string_view fish_script =
    "function __attune_next\n"
    "    set -l line (commandline -opc) (commandline -ct)\n"
    "    set -l next (attune complete-line -- $line[2..-1] 2>/dev/null)\n"
    "    if test (count $next) -gt 0\n"
    "        printf '%s\\n' $next\n"
    "    else\n"
    "        __fish_complete_path (commandline -ct)\n"
    "    end\n"
    "end\n"
    "complete -c attune -f -a '(__attune_next)'\n";

}  // namespace

std::vector<std::string> completions(const CLI::App& app, const std::vector<std::string>& words) {
    Line line(app);
    for (std::size_t at = 0; at + 1 < words.size(); ++at) line.take(words[at]);
    std::string last = words.empty() ? "" : words.back();
    if (last == "=") last.clear();
    std::vector<std::string> out = line.next(last);
    std::erase_if(out, [&](const std::string& word) { return !word.starts_with(last); });
    return out;
}

std::string completion_script(std::string_view shell) {
    const auto script = shell == "zsh" ? zsh_script : shell == "fish" ? fish_script : bash_script;
    // zsh reads the first line of a file in its fpath.
    return fmt::format("{}# {} completion of attune; made by: attune completion {}\n{}",
                       shell == "zsh" ? "#compdef attune\n" : "", shell, shell, script);
}

}  // namespace attune::cli
