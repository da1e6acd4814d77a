// Signed notes and the checkpoints in them, as https://c2sp.org/signed-note and https://c2sp.org/tlog-checkpoint have them.
#include "hub/journal/checkpoint.hpp"

#include <sodium.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <span>
#include <stdexcept>
#include <utility>
#include <vector>

namespace attune::journal {

namespace {

constexpr unsigned char ed25519 = 1;  // the algorithm's number in signed notes
constexpr std::string_view dash = "\u2014 ";
constexpr std::size_t key_hash_bytes = 4;
constexpr std::size_t note_bytes_max = 65'536;

using ByteString = std::vector<unsigned char>;

std::string base64(std::span<const unsigned char> bytes) {
    std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();  // the zero behind it
    return text;
}

std::optional<ByteString> from_base64(std::string_view text) {
    ByteString bytes(text.size());
    std::size_t size = 0;
    const char* end = nullptr;
    if (sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &size, &end, sodium_base64_VARIANT_ORIGINAL) != 0 || end != text.data() + text.size())
        return std::nullopt;
    bytes.resize(size);
    return bytes;
}

std::array<unsigned char, 32> digest_of(std::span<const unsigned char> bytes) {
    std::array<unsigned char, 32> hash{};
    crypto_hash_sha256(hash.data(), bytes.data(), bytes.size());
    return hash;
}

/// By which a signature says whose it is: the first bytes of SHA-256(name | line break | algorithm | public key).
ByteString key_hash(std::string_view name, std::span<const unsigned char> public_key) {
    ByteString bytes(name.begin(), name.end());
    bytes.push_back('\n');
    bytes.push_back(ed25519);
    bytes.insert(bytes.end(), public_key.begin(), public_key.end());
    const auto hash = digest_of(bytes);
    return {hash.begin(), hash.begin() + key_hash_bytes};
}

std::string digits(std::span<const unsigned char> bytes) {
    std::string text(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
    text.pop_back();
    return text;
}

bool is_name(std::string_view name) { return !name.empty() && name.find_first_of(" +\n\t\r") == std::string_view::npos; }

struct Verifier {
    std::string name;
    ByteString hash, key;
};

Verifier read_verifier(std::string_view text) {
    const auto none = [] { return std::runtime_error("That is no public key of a log. attuned log key prints this log's."); };
    while (text.ends_with('\n') || text.ends_with('\r') || text.ends_with(' ')) text.remove_suffix(1);
    const std::size_t first = text.find('+'), second = text.find('+', first == std::string_view::npos ? first : first + 1);
    if (second == std::string_view::npos || !is_name(text.substr(0, first))) throw none();
    const auto key = from_base64(text.substr(second + 1));
    if (!key || key->size() != 33 || key->front() != ed25519) throw none();
    Verifier verifier{std::string(text.substr(0, first)), {}, {key->begin() + 1, key->end()}};
    verifier.hash = key_hash(verifier.name, verifier.key);
    if (digits(verifier.hash) != text.substr(first + 1, second - first - 1)) throw none();
    return verifier;
}

/// Takes the first line off.
std::string_view next_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return line;
}

bool is_signed_by(std::string_view line, std::string_view text, const Verifier& verifier) {
    if (!line.starts_with(dash)) return false;
    line.remove_prefix(dash.size());
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos || line.substr(0, space) != verifier.name) return false;
    const auto signature = from_base64(line.substr(space + 1));
    if (!signature || signature->size() != key_hash_bytes + crypto_sign_BYTES) return false;
    return std::equal(verifier.hash.begin(), verifier.hash.end(), signature->begin()) &&
           crypto_sign_verify_detached(signature->data() + key_hash_bytes, reinterpret_cast<const unsigned char*>(text.data()), text.size(), verifier.key.data()) == 0;
}

}  // namespace

LogKey::LogKey(const Seed& seed, std::string name) : name_(std::move(name)) {
    crypto_sign_seed_keypair(public_.data(), secret_.data(), reinterpret_cast<const unsigned char*>(seed.data()));
}

LogKey::LogKey(const Seed& seed) : LogKey(seed, {}) {
    const auto hash = digest_of(public_);
    name_ = "attune/" + digits(std::span(hash).first(8));
}

std::string LogKey::verifier() const {
    ByteString key{ed25519};
    key.insert(key.end(), public_.begin(), public_.end());
    return name_ + "+" + digits(key_hash(name_, public_)) + "+" + base64(key);
}

std::string LogKey::sign(std::string_view text) const {
    ByteString signature = key_hash(name_, public_);
    signature.resize(key_hash_bytes + crypto_sign_BYTES);
    crypto_sign_detached(signature.data() + key_hash_bytes, nullptr, reinterpret_cast<const unsigned char*>(text.data()), text.size(), secret_.data());
    return std::string(text) + "\n" + std::string(dash) + name_ + " " + base64(signature) + "\n";
}

std::string signed_checkpoint(std::uint64_t size, const Hash& root, const LogKey& key) {
    return key.sign(key.name() + "\n" + std::to_string(size) + "\n" + base64(std::span(reinterpret_cast<const unsigned char*>(root.data()), root.size())) + "\n");
}

std::string open_note(std::string_view note, std::string_view verifier_text) {
    const Verifier verifier = read_verifier(verifier_text);
    while (note.ends_with("\n\n")) note.remove_suffix(1);  // as it was copied
    // The last empty line stands between the text and its signatures.
    const std::size_t gap = note.size() > note_bytes_max ? std::string_view::npos : note.rfind("\n\n");
    if (gap == std::string_view::npos) throw std::runtime_error("That is no signed note: it has no signature.");
    const std::string_view text = note.substr(0, gap + 1);
    std::string_view signatures = note.substr(gap + 2);
    while (!signatures.empty())
        if (is_signed_by(next_line(signatures), text, verifier)) return std::string(text);
    throw std::runtime_error("It is not signed by " + verifier.name + ", or was changed since.");
}

Checkpoint open_checkpoint(std::string_view note, std::string_view verifier) {
    const std::string text = open_note(note, verifier);
    std::string_view rest = text;
    Checkpoint checkpoint;
    checkpoint.origin = next_line(rest);
    const std::string_view size = next_line(rest);
    const auto root = from_base64(next_line(rest));
    const auto [end, error] = std::from_chars(size.data(), size.data() + size.size(), checkpoint.size);
    const bool whole = error == std::errc() && end == size.data() + size.size() && (size == "0" || !size.starts_with('0'));
    if (!whole || !root || root->size() != checkpoint.root.size() || checkpoint.origin != read_verifier(verifier).name)
        throw std::runtime_error("It is signed, and is no checkpoint of that log.");
    std::ranges::copy(std::as_bytes(std::span(*root)), checkpoint.root.begin());
    return checkpoint;
}

}  // namespace attune::journal
