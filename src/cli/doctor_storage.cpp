#include "cli/doctor_storage.h"

#include "base/joined.h"
#include "cli/keeping.h"

namespace xauth::cli {

namespace {

// The profiles of each form, and those that should have the other one.
struct Forms {
  std::vector<std::string> sealed;
  std::vector<std::string> plain;
  std::vector<std::string> wrong;
};

Forms forms_of(const store::Store& store, const store::Config& config,
               const std::vector<std::string>& names) {
  Forms forms;
  for (const auto& name : names) {
    const bool sealed = store.is_sealed(name);
    (sealed ? forms.sealed : forms.plain).push_back(name);
    if (sealed != config.seals(name)) forms.wrong.push_back(name);
  }
  return forms;
}

std::string text_of(const Forms& forms) {
  std::string text = forms.sealed.empty() ? "" : "sealed: " + joined(forms.sealed, ", ");
  if (forms.plain.empty()) return text;
  return text + (text.empty() ? "" : "; ") + "in plain files: " + joined(forms.plain, ", ");
}

Finding judge(const Forms& forms, const store::Config& config) {
  if (forms.wrong.empty()) return {"storage", Health::ok, text_of(forms)};
  const std::string value = config.seals(forms.wrong.front()) ? store::kSealed : store::kPlain;
  return {"storage", Health::warning,
          text_of(forms) + "; not as the settings say: " + joined(forms.wrong, ", "),
          "xauth config set storage " + value +
              ", or of the profile alone: xauth config set profile." + forms.wrong.front() +
              ".storage " + value};
}

Finding check_key(const store::Store& store, const store::Config& config) {
  constexpr const char* kName = "sealing_key";
  try {
    store.keys().get(config);
    return {kName, Health::ok, "opened by " + in_words(config.sealing()->by)};
  } catch (const Error& error) {
    if (error.signal != 0) throw;
    return failed(kName, error, "xauth config get sealed_by");
  }
}

}  // namespace

Findings check_storage(const store::Store& store, const store::Config& config,
                       const std::vector<std::string>& names) {
  if (names.empty()) return {};
  const Forms forms = forms_of(store, config, names);
  Findings findings{judge(forms, config)};
  const bool needs_key = !forms.sealed.empty() || (!forms.wrong.empty() && config.sealing());
  if (needs_key) findings.push_back(check_key(store, config));
  return findings;
}

}  // namespace xauth::cli
