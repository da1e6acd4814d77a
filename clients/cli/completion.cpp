// Walks the tree of commands.
#include "clients/cli/completion.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

namespace attune::cli {

namespace {

std::string options_of(const CLI::App& app) {
    std::string words;
    for (const CLI::Option* option : app.get_options())
        for (const auto& name : option->get_lnames())
            words += " --" + name;
    return words;
}

void add_case(const CLI::App& app, const std::string& path, const std::string& common, std::string& out) {
    std::string words;
    for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
        if (command->get_name().empty()) continue;
        words += " " + command->get_name();
        add_case(*command, path + "/" + command->get_name(), common, out);
    }
    // Words that a positional argument may be, such as please, now, everyone.
    for (const CLI::Option* option : app.get_options())
        if (option->get_positional() && option->get_group().starts_with("Words:"))
            words += " " + option->get_group().substr(6);
    out += fmt::format("    {}) words=\"{}{}{}\" ;;\n", path.empty() ? "''" : path, words, options_of(app),
                       path.empty() ? "" : common);
}

}  // namespace

std::string bash_completion(const CLI::App& app) {
    std::string cases;
    add_case(app, "", options_of(app), cases);
    return "# bash completion of attune; made by: attune completion bash\n"
           "_attune() {\n"
           "  local path='' word words i\n"
           "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
           "    word=${COMP_WORDS[i]}\n"
           "    case $word in\n"
           "      --profile|--timeout) ((i++)) ;;\n"
           "      -*) ;;\n"
           "      *) path+=/$word ;;\n"
           "    esac\n"
           "  done\n"
           "  while :; do\n"
           "    case $path in\n" +
           cases +
           "    *) path=${path%/*}; continue ;;\n"
           "    esac\n"
           "    break\n"
           "  done\n"
           "  COMPREPLY=($(compgen -W \"$words\" -- \"${COMP_WORDS[COMP_CWORD]}\"))\n"
           "}\n"
           "complete -F _attune attune\n";
}

}  // namespace attune::cli
