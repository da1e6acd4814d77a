// What a native device keeps on disk: its keys, where its hub is, how else to get help, the secret of an unlocked
// session, and the commands that were not answered yet. A folder of its own (0700), its files 0600. Blocking, one
// thread; several programs may read it, one at a time holds its lock and writes.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "clients/native/enrolment_link.hpp"
#include "protocol/cpp/generated/messages.hpp"

namespace attune::client {

/// One enrolled device, or one that is being enrolled.
struct Identity {
    std::string address;  // HOST:PORT
    Key hub_key{};
    Key public_key{};  // this device's, and its credential
    Key secret_key{};
    /// The one-time code, while the hub has not said Enrolled.
    std::optional<std::string> code{};
    /// What the hub said last of this device; empty before the first greeting.
    std::string device{};
    std::string kind{};
    std::string label{};
    std::string site{};
    std::string help{};
    std::optional<std::string> extension{};
    /// Whose handset it is made ready for.
    std::optional<std::string> for_person{};
    /// The secret of the unlocked session, on a handset.
    std::optional<std::array<std::byte, 16>> session{};
    friend bool operator==(const Identity&, const Identity&) = default;
};
BOOST_DESCRIBE_STRUCT(Identity, (),
                      (address, hub_key, public_key, secret_key, code, device, kind, label, site, help, extension,
                       for_person, session))

class DeviceFolder {
  public:
    explicit DeviceFolder(std::filesystem::path path) : path_(std::move(path)) {}
    ~DeviceFolder();
    DeviceFolder(DeviceFolder&& other) noexcept;
    DeviceFolder& operator=(DeviceFolder&& other) noexcept;

    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path pending_file() const { return path_ / "pending"; }
    std::filesystem::path socket_file() const { return path_ / "attune.sock"; }

    /// Makes the folder where it is missing. Empty on success, otherwise a sentence.
    std::string prepare() const;
    /// Takes from others what they could read of the files here. Empty where they could read none, otherwise a sentence.
    std::string close_to_others() const;

    /// True when this program holds the device's connection from here on, until unlock() or the program's end.
    bool try_lock();
    void unlock();
    bool locked() const { return lock_ >= 0; }
    /// Empty where another program has it, otherwise a sentence: why the newest try_lock() could not even look.
    const std::string& lock_trouble() const { return lock_trouble_; }

    /// The enrolment under way, else the device that is enrolled, else nothing.
    std::optional<Identity> load() const;
    /// Makes a pair of keys and stores it with the link, before anything is sent; an enrolled device is kept beside it
    /// until the hub has taken the new one. The same link again keeps the keys of the first time. Empty on success.
    std::string begin_enrolment(const EnrolmentLink& link) const;
    /// Stores what has changed. Empty on success, otherwise a sentence.
    std::string store(const Identity& identity) const;
    /// The hub has taken the new device: it takes the place of an old one.
    std::string finish_enrolment(Identity identity) const;
    /// The code was refused: back to what was before.
    void drop_enrolment() const;
    /// The hub knows this device no more: the credential goes.
    void forget_device() const;

  private:
    std::filesystem::path device_file() const { return path_ / "device"; }
    std::filesystem::path fresh_file() const { return path_ / "device.enrolling"; }
    std::filesystem::path path_;
    std::string lock_trouble_;
    int lock_ = -1;
};

}  // namespace attune::client
