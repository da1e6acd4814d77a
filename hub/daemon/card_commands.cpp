// attuned cards: children's cards, made and printed in one go. What opens a child's talk is on the paper and nowhere
// else: the hub keeps digests, and this command writes it down only where it was asked to.
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <stdexcept>

#include <fmt/format.h>

#include "hub/daemon/administrator.hpp"
#include "hub/daemon/commands.hpp"
#include "hub/daemon/html.hpp"
#include "hub/daemon/qr.hpp"

namespace attune::daemon {

namespace {

constexpr int rounds_max = 64;  // of 128 children: more than any school has

/// In fours, as a person reads it out.
std::string in_groups(std::string_view secret) {
    std::string out;
    for (std::size_t at = 0; at < secret.size(); ++at) {
        if (at > 0 && at % 4 == 0) out += ' ';
        out += secret[at];
    }
    return out;
}

constexpr std::string_view page_head =
    "<!doctype html><html lang=\"en-GB\"><meta charset=\"utf-8\"><title>Children's cards</title><style>"
    "body{font-family:'Atkinson Hyperlegible',system-ui,sans-serif;color:#1f2d36;margin:12mm}"
    "p{max-width:150mm}main{display:grid;grid-template-columns:repeat(2,85.6mm);gap:4mm}"
    "article{height:54mm;border:.3mm dashed #8a8f8f;border-radius:4mm;padding:4mm;display:grid;grid-template-columns:40mm 1fr;gap:4mm;align-items:center;break-inside:avoid;box-sizing:border-box}"
    "svg{width:40mm;height:40mm}b{font-size:20pt;display:block}small{font-size:8.5pt;line-height:1.5;letter-spacing:.04em;word-spacing:.3em}"
    "@media print{p{display:none}body{margin:8mm}}</style>"
    "<p>Cut along the lines and hand each card to its child. Nobody can print these codes again: a lost card is replaced "
    "by <code>attuned cards print CHILD</code>, and the lost one opens nothing from then on. Delete this file once it is printed.</p><main>\n";

std::string page_of(const std::vector<protocol::IssuedCard>& cards) {
    std::string page(page_head);
    for (const auto& card : cards)
        page += fmt::format("<article>{}<div><b>{}</b><small>{}</small></div></article>\n", qr_svg(card.secret), escaped(card.initials), in_groups(card.secret));
    return page + "</main></html>\n";
}

/// A new file that nobody else may read. Cards that could not be written down would be lost, so it is opened first.
class NewFile {
  public:
    explicit NewFile(const std::filesystem::path& file) : name_(file.string()), descriptor_(::open(name_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) {
        if (descriptor_ < 0) throw std::runtime_error(fmt::format("{} cannot be made: {}. Name a file that is not there yet.", name_, std::strerror(errno)));
    }
    ~NewFile() { ::close(descriptor_); }
    NewFile(const NewFile&) = delete;
    NewFile& operator=(const NewFile&) = delete;

    void write(std::string_view text) const {
        while (!text.empty()) {
            const ssize_t written = ::write(descriptor_, text.data(), text.size());
            if (written <= 0) throw std::runtime_error(fmt::format("{} cannot be written: {}. Make these cards once more.", name_, std::strerror(errno)));
            text.remove_prefix(static_cast<std::size_t>(written));
        }
    }

  private:
    std::string name_;
    int descriptor_;
};

std::vector<protocol::IssuedCard> made_cards(const Config& config, const std::vector<std::string>& children) {
    const auto administrator = reach_hub(config, Leaves::events);
    std::vector<protocol::IssuedCard> cards;
    for (int round = 0; round < rounds_max; ++round) {
        protocol::MakeCards request;
        for (std::size_t at = static_cast<std::size_t>(round) * 128; at < children.size() && request.children.size() < 128; ++at)
            request.children.push_back(children[at]);
        if (!children.empty() && request.children.empty()) break;
        auto answer = ask<protocol::Cards>(*administrator, request);
        for (auto& card : answer.cards) cards.push_back(std::move(card));
        if (children.empty() && answer.left == 0) break;
    }
    return cards;
}

}  // namespace

int print_cards(const Config& config, const CardOptions& options) {
    std::optional<NewFile> file;
    if (!options.html.empty()) file.emplace(options.html);
    const auto cards = made_cards(config, options.children);
    if (file) {
        file->write(page_of(cards));
        fmt::print("{} cards are in {}. Print it, cut them, and delete it.\n", cards.size(), options.html.string());
        return 0;
    }
    for (const auto& card : cards)
        fmt::print("{:<8} {:<12} {}\n", card.initials, card.child, in_groups(card.secret));
    if (cards.empty()) fmt::print("Every child has a card. attuned cards print CHILD makes another, and the older one opens nothing any more.\n");
    return 0;
}

}  // namespace attune::daemon
