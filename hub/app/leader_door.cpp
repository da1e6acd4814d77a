// Opening an account, signing in and out.
#include "hub/app/leader_door.hpp"

#include <algorithm>

#include "hub/app/leader_words.hpp"
#include "hub/app/secrets.hpp"
#include "hub/app/translate.hpp"
#include "hub/app/views.hpp"
#include "hub/core/leader_rules.hpp"

namespace attune::app {

namespace {

using protocol::Error;

constexpr std::size_t checks_max = 2;  // at a time: handsets' PINs are hashed on the same thread
constexpr std::uint32_t wrong_digits_max = 5;
constexpr std::size_t recovery_codes = 8, recovery_length = 16, recovery_group = 4;
/// What is checked for a staff id without an account, with the costs of a real one: nothing hashes to it.
constexpr const char* nobodys_password =
    "$argon2id$v=19$m=65536,t=2,p=1$YXR0dW5lIG5vYm9keSEhIQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

unsigned status_of(Error error) {
    switch (error) {
        case Error::sign_in_wait:
            return 429;
        case Error::journal_unavailable:
        case Error::shutting_down:
        case Error::too_many_waiting:
            return 503;
        case Error::code_not_valid:
        case Error::digits_wrong:
        case Error::password_format:
        case Error::sign_in_wrong:
            return 403;
        default:
            return 400;
    }
}

bool are_digits(std::string_view code) {
    return code.size() == 6 && std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; });
}

std::string grouped(const std::string& code) {
    std::string out;
    for (std::size_t at = 0; at < code.size(); ++at) {
        if (at > 0 && at % recovery_group == 0) out += '-';
        out += code[at];
    }
    return out;
}

}  // namespace

template <class Message>
LeaderAnswer LeaderDoor::answer(unsigned status, const Message& message, const std::optional<protocol::Id>& id) const {
    LeaderAnswer answer;
    answer.status = status;
    if (!protocol::encode(message, id, answer.frame)) answer.status = 503;
    return answer;
}

void LeaderDoor::refuse(const Asker& asker, Error error, Ms retry_ms) {
    engine_.park(EffectKind::reading, [done = asker.done, answer = answer(status_of(error), rejected(error, retry_ms), asker.id)] { done(answer); });
}

void LeaderDoor::refuse(const Asker& asker, const Engine::Answer& answer) {
    if (answer.admission != Engine::Admission::taken) return refuse(asker, error_of(answer.admission));
    const core::Rejection& rejection = *answer.outcome.rejection;
    const Ms retry_ms = answer.outcome.retry_at == 0 ? 0 : std::max<Ms>(answer.outcome.retry_at - engine_.now(), 1);
    refuse(asker, error_of(rejection.why), retry_ms);
}

void LeaderDoor::asked(const LeaderRequest& request, Done done) {
    const Engine::Turn turn(engine_);
    if (request.path == LeaderRequest::Path::sign_out) return sign_out(request, done);
    Asker asker{std::nullopt, request.address, request.session.value_or(core::Digest{}), std::move(done)};
    auto decoded = decoder_.decode(request.body);
    if (!decoded) {
        asker.id = decoded.error().id;
        return refuse(asker, decoded.error().error);
    }
    asker.id = decoded->id;
    if (engine_.stopping()) return refuse(asker, Error::shutting_down);
    if (!engine_.journal_ok() || codes_ == nullptr) return refuse(asker, Error::journal_unavailable);
    const bool opens = request.path == LeaderRequest::Path::open;
    if (const auto* m = get_if<protocol::OpenAccount>(&decoded->message); m != nullptr && opens) return open(std::move(asker), *m);
    if (const auto* m = get_if<protocol::ConfirmAccount>(&decoded->message); m != nullptr && opens) return confirm(asker, *m);
    if (const auto* m = get_if<protocol::SignInLeader>(&decoded->message); m != nullptr && !opens) return sign_in(std::move(asker), *m);
    refuse(asker, Error::not_yours);
}

// ---- opening ----

const core::Person* LeaderDoor::invited(const core::Digest& code) const {
    const core::State& state = engine_.state();
    const auto found = state.invitations.find(code);
    if (found == state.invitations.end() || found->second.expires_at <= engine_.now()) return nullptr;
    const auto person = state.directory.people.find(found->second.person);
    return person == state.directory.people.end() || !core::may_lead(person->second) ? nullptr : &person->second;
}

bool LeaderDoor::take_slot(const core::Digest& what) {
    return checking_.size() < checks_max && checking_.insert(what).second;
}

void LeaderDoor::open(Asker asker, const protocol::OpenAccount& message) {
    const core::Digest code = digest_of_code(message.code);
    const core::Person* person = invited(code);
    if (person == nullptr) {
        turned_away_(asker.address, "wrong code of an account");
        return refuse(asker, Error::code_not_valid);
    }
    if (!is_password(message.password, *person)) return refuse(asker, Error::password_format);
    if (!take_slot(code)) return refuse(asker, Error::sign_in_wait, check_takes_ms);
    work_.hash_pin(message.password, [this, alive = std::weak_ptr(alive_), asker = std::move(asker), code](std::string argon2id) {
        if (alive.expired()) return;
        const Engine::Turn turn(engine_);
        checking_.erase(code);
        opened(asker, code, std::move(argon2id));
    });
}

void LeaderDoor::opened(const Asker& asker, const core::Digest& code, std::string argon2id) {
    const core::Person* person = invited(code);
    if (person == nullptr) return refuse(asker, Error::code_not_valid);
    if (argon2id.empty()) return refuse(asker, Error::sign_in_wait, check_takes_ms);
    std::array<std::byte, totp_secret_bytes> secret;
    random_.fill(secret);
    Opening opening{person->id, {}, engine_.state().invitations.at(code).expires_at, 0};
    opening.account.password = std::move(argon2id);
    opening.account.totp = codes_->seal(secret);
    protocol::AccountKeys keys;
    keys.person = person->id.value.str();
    keys.name = cut(person->name, 64);
    keys.secret = base32(secret);
    keys.otpauth = otpauth_uri(cut(engine_.state().directory.site.name, 64), keys.person, keys.secret);
    keys.expires_at = opening.expires_at;
    for (std::size_t n = 0; n < recovery_codes; ++n) {
        const std::string recovery = random_code(random_, recovery_length);
        opening.account.recovery.insert(digest_of_code(recovery));
        keys.recovery.push_back(grouped(recovery));
    }
    // Only codes that the hub has given out are in here, and only while they are good.
    std::erase_if(openings_, [&](const auto& entry) { return entry.second.expires_at <= engine_.now(); });
    openings_[code] = std::move(opening);
    engine_.park(EffectKind::reading, [done = asker.done, answer = answer(200, keys, asker.id)] { done(answer); });
}

void LeaderDoor::confirm(const Asker& asker, const protocol::ConfirmAccount& message) {
    const core::Digest code = digest_of_code(message.code);
    const auto opening = openings_.find(code);
    if (opening == openings_.end() || invited(code) == nullptr) {
        turned_away_(asker.address, "wrong code of an account");
        return refuse(asker, Error::code_not_valid);
    }
    const auto step = are_digits(message.totp) ? codes_->step_of(opening->second.account.totp, message.totp, clock_.wall_ms()) : std::nullopt;
    if (!step) {
        if (++opening->second.wrong >= wrong_digits_max) openings_.erase(opening);
        return refuse(asker, Error::digits_wrong);
    }
    std::array<std::byte, 32> secret;
    random_.fill(secret);
    const core::PersonId person = opening->second.person;
    core::Account account = opening->second.account;
    account.totp_step = *step;
    const auto answer = engine_.submit(core::OpenAccount{code, std::move(account), digest_of_who(person.value), digest_of(secret)}, core::Principal{});
    if (answer.admission != Engine::Admission::taken || answer.outcome.rejection) return refuse(asker, answer);
    openings_.erase(code);
    signed_in(asker, person, secret);
}

// ---- signing in and out ----

void LeaderDoor::sign_in(Asker asker, const protocol::SignInLeader& message) {
    const core::State& state = engine_.state();
    const core::PersonId person{message.person};
    const core::Digest who = digest_of_who(message.person);
    const Ms wait_until = core::sign_in_wait_until(state, who, digest_of_address(asker.address));
    if (engine_.now() < wait_until) return refuse(asker, Error::sign_in_wait, wait_until - engine_.now());
    if (!take_slot(who)) return refuse(asker, Error::sign_in_wait, check_takes_ms);
    const auto account = state.accounts.find(person);
    const std::string argon2id = account == state.accounts.end() ? nobodys_password : account->second.password;
    work_.check_pin(argon2id, message.password,
                    [this, alive = std::weak_ptr(alive_), asker = std::move(asker), person, who, code = message.code](bool right) {
                        if (alive.expired()) return;
                        const Engine::Turn turn(engine_);
                        checking_.erase(who);
                        checked(asker, person, code, right);
                    });
}

void LeaderDoor::checked(const Asker& asker, const core::PersonId& person, const std::string& code, bool right) {
    const auto account = engine_.state().accounts.find(person);
    core::SignInLeader intent{person, digest_of_who(person.value), digest_of_address(asker.address), right, 0, {}, {}, asker.session};
    if (account != engine_.state().accounts.end() && are_digits(code))
        intent.totp_step = codes_->step_of(account->second.totp, code, clock_.wall_ms()).value_or(0);
    else
        intent.recovery = digest_of_code(code);
    std::array<std::byte, 32> secret;
    random_.fill(secret);
    intent.session = digest_of(secret);
    const auto answer = engine_.submit(std::move(intent), core::Principal{});
    if (answer.admission == Engine::Admission::taken && !answer.outcome.rejection) return signed_in(asker, person, secret);
    turned_away_(asker.address, "wrong sign-in of a leader");
    refuse(asker, answer);
}

void LeaderDoor::signed_in(const Asker& asker, const core::PersonId& person, const std::array<std::byte, 32>& secret) {
    const core::State& state = engine_.state();
    const core::Person& who = state.directory.people.at(person);
    protocol::LeaderSignedIn message;
    message.person = person.value.str();
    message.name = cut(who.name, 64);
    message.roles = wire_roles(who);
    message.ends_at = state.leader_sessions.at(digest_of(secret)).ends_at;
    message.recovery_left = state.accounts.at(person).recovery.size();
    LeaderAnswer good = answer(200, message, asker.id);
    good.cookie = LeaderAnswer::Cookie::set;
    good.secret = secret;
    engine_.park(EffectKind::promise, [done = asker.done, good = std::move(good)] { done(good); });
}

void LeaderDoor::sign_out(const LeaderRequest& request, const Done& done) {
    LeaderAnswer answer;
    answer.status = 204;
    answer.cookie = LeaderAnswer::Cookie::clear;
    if (request.session && engine_.state().leader_sessions.contains(*request.session)) {
        const core::Principal by{core::Principal::Kind::leader, browser_name(*request.session), *request.session};
        const auto ended = engine_.submit(core::SignOutLeader{}, by);
        // The cookie is gone from this browser in any case; that the session has ended is not said before it is so.
        if (ended.admission != Engine::Admission::taken) {
            answer = this->answer(503, rejected(error_of(ended.admission)), std::nullopt);
            answer.cookie = LeaderAnswer::Cookie::clear;
            return engine_.park(EffectKind::reading, [done, answer] { done(answer); });
        }
    }
    engine_.park(EffectKind::promise, [done, answer] { done(answer); });
}

}  // namespace attune::app
