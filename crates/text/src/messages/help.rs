//! Messages of `help.ftl`.
//!
//! Generated from `messages/en/*.ftl` by `cargo xtask codegen`; do not edit.

use crate::bundle::Messages;

impl Messages {
    /// Measures the performance of customs from the records of its own systems
    #[must_use]
    pub fn help_about(&self) -> String {
        self.format("help-about", [])
    }

    /// Makes a synthetic administration, measures it and writes a page
    #[must_use]
    pub fn help_demo(&self) -> String {
        self.format("help-demo", [])
    }

    /// Makes a new node
    #[must_use]
    pub fn help_init(&self) -> String {
        self.format("help-init", [])
    }

    /// Looks whether everything is in order here
    #[must_use]
    pub fn help_doctor(&self) -> String {
        self.format("help-doctor", [])
    }

    /// Works on the definitions of KPIs
    #[must_use]
    pub fn help_framework(&self) -> String {
        self.format("help-framework", [])
    }

    /// Checks definitions and runs their fixtures
    #[must_use]
    pub fn help_framework_check(&self) -> String {
        self.format("help-framework-check", [])
    }

    /// Shows the definition of a KPI
    #[must_use]
    pub fn help_framework_show(&self) -> String {
        self.format("help-framework-show", [])
    }

    /// Compares two versions of a framework
    #[must_use]
    pub fn help_framework_diff(&self) -> String {
        self.format("help-framework-diff", [])
    }

    /// Takes source files in as records
    #[must_use]
    pub fn help_ingest(&self) -> String {
        self.format("help-ingest", [])
    }

    /// Says which KPIs can be measured, and why not
    #[must_use]
    pub fn help_ready(&self) -> String {
        self.format("help-ready", [])
    }

    /// Runs the data checks
    #[must_use]
    pub fn help_check(&self) -> String {
        self.format("help-check", [])
    }

    /// Measures KPIs
    #[must_use]
    pub fn help_measure(&self) -> String {
        self.format("help-measure", [])
    }

    /// Shows measured values
    #[must_use]
    pub fn help_show(&self) -> String {
        self.format("help-show", [])
    }

    /// Explains a value, a KPI or a diagnostic code
    #[must_use]
    pub fn help_explain(&self) -> String {
        self.format("help-explain", [])
    }

    /// Writes completions for a shell
    #[must_use]
    pub fn help_completions(&self) -> String {
        self.format("help-completions", [])
    }

    /// Writes the manual page
    #[must_use]
    pub fn help_man(&self) -> String {
        self.format("help-man", [])
    }

    /// Folder of the node; the current folder if not given
    #[must_use]
    pub fn help_flag_node(&self) -> String {
        self.format("help-flag-node", [])
    }

    /// Language: en, fr, es, ru, ar, zh or pt, with a region if you like
    #[must_use]
    pub fn help_flag_lang(&self) -> String {
        self.format("help-flag-lang", [])
    }

    /// Format of the output
    #[must_use]
    pub fn help_flag_format(&self) -> String {
        self.format("help-flag-format", [])
    }

    /// Folder or file to write to
    #[must_use]
    pub fn help_flag_out(&self) -> String {
        self.format("help-flag-out", [])
    }

    /// About how many declarations
    #[must_use]
    pub fn help_flag_rows(&self) -> String {
        self.format("help-flag-rows", [])
    }

    /// How many months
    #[must_use]
    pub fn help_flag_months(&self) -> String {
        self.format("help-flag-months", [])
    }

    /// How many customs offices
    #[must_use]
    pub fn help_flag_offices(&self) -> String {
        self.format("help-flag-offices", [])
    }

    /// Seed of chance; the same seed gives the same bytes
    #[must_use]
    pub fn help_flag_seed(&self) -> String {
        self.format("help-flag-seed", [])
    }

    /// Which KPIs, for example `dimension:tf,kpi:TF-13`
    #[must_use]
    pub fn help_flag_select(&self) -> String {
        self.format("help-flag-select", [])
    }

    /// Period, for example 2025, 2025-Q2 or 2025-03
    #[must_use]
    pub fn help_flag_period(&self) -> String {
        self.format("help-flag-period", [])
    }

    /// Breakdowns, for example `office,mode`
    #[must_use]
    pub fn help_flag_by(&self) -> String {
        self.format("help-flag-by", [])
    }

    /// Memory limit, for example 2GB
    #[must_use]
    pub fn help_flag_memory(&self) -> String {
        self.format("help-flag-memory", [])
    }

    /// Tries the rows in quarantine again
    #[must_use]
    pub fn help_flag_retry(&self) -> String {
        self.format("help-flag-retry", [])
    }

    /// Prints the plan instead of running it
    #[must_use]
    pub fn help_flag_plan(&self) -> String {
        self.format("help-flag-plan", [])
    }

    /// Says only what went wrong
    #[must_use]
    pub fn help_flag_quiet(&self) -> String {
        self.format("help-flag-quiet", [])
    }

    /// Says more
    #[must_use]
    pub fn help_flag_verbose(&self) -> String {
        self.format("help-flag-verbose", [])
    }

    /// No progress bars
    #[must_use]
    pub fn help_flag_no_progress(&self) -> String {
        self.format("help-flag-no-progress", [])
    }

    /// Ends with code 0 even if checks fail
    #[must_use]
    pub fn help_flag_exit_zero(&self) -> String {
        self.format("help-flag-exit-zero", [])
    }

    /// From which severity on the run counts as failed
    #[must_use]
    pub fn help_flag_fail_on(&self) -> String {
        self.format("help-flag-fail-on", [])
    }

    /// Form of the log: text or json
    #[must_use]
    pub fn help_flag_log_format(&self) -> String {
        self.format("help-flag-log-format", [])
    }

    /// Least severity to show
    #[must_use]
    pub fn help_flag_severity(&self) -> String {
        self.format("help-flag-severity", [])
    }

    /// Prints help
    #[must_use]
    pub fn help_flag_help(&self) -> String {
        self.format("help-flag-help", [])
    }

    /// Prints the version
    #[must_use]
    pub fn help_flag_version(&self) -> String {
        self.format("help-flag-version", [])
    }

    /// Usage
    #[must_use]
    pub fn help_heading_usage(&self) -> String {
        self.format("help-heading-usage", [])
    }

    /// Commands
    #[must_use]
    pub fn help_heading_commands(&self) -> String {
        self.format("help-heading-commands", [])
    }

    /// Options
    #[must_use]
    pub fn help_heading_options(&self) -> String {
        self.format("help-heading-options", [])
    }

    /// Examples
    #[must_use]
    pub fn help_heading_examples(&self) -> String {
        self.format("help-heading-examples", [])
    }
}
