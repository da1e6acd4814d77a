// The example school on the real attuned, and devices of it that are profiles of the real attune.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/support/folder.hpp"
#include "tests/support/process.hpp"

namespace attune::test {

class Site {
  public:
    /// Imports the example school and starts the hub.
    Site();

    void start();
    /// SIGKILL, and gone when it returns.
    void kill();

    Ran attuned(const std::vector<std::string>& arguments) const;
    /// One command of the device PROFILE, to its end.
    Ran attune(const std::string& profile, const std::vector<std::string>& arguments,
               const std::string& on_descriptor_3 = {}) const;
    /// One that goes on.
    std::unique_ptr<Process> follow(const std::string& profile, const std::vector<std::string>& arguments,
                                    std::vector<std::string> environment = {}) const;

    /// A one-time link for a native device: {"room", "--place", "y4_curlew"}.
    std::string link(const std::vector<std::string>& what) const;
    /// Enrols the profile.
    void enrol(const std::string& profile, const std::vector<std::string>& what) const;
    /// A handset of this person, signed in with a PIN and on duty; the watch that makes it ring.
    std::unique_ptr<Process> on_duty(const std::string& profile, const std::string& person) const;

    std::filesystem::path state() const { return folder_ / "hub"; }
    std::filesystem::path device_folder(const std::string& profile) const {
        return folder_ / "state/attune-client" / profile;
    }
    /// Everything that happened, one JSON object a line.
    std::string log() const { return attuned({"log", "export"}).out; }

  private:
    Folder folder_;
    std::string config_;
    std::unique_ptr<Process> hub_;
};

/// How often `part` is in `text`.
std::size_t count_of(const std::string& text, const std::string& part);
/// The text of a field in the newest line that has it; empty where there is none.
std::string field_of(const std::string& json_lines, const std::string& field);

}  // namespace attune::test
