//! The part of the sources that this machine converts: as stated, or as the engine that runs it tells by its variables.

use crate::diagnostic::Error;
use crate::run::convert::Shard;
use std::str::FromStr;

/// What `--shard` says.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    Stated(Shard),
    /// Ask the engine.
    Auto,
}

impl FromStr for Part {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "auto" { Ok(Self::Auto) } else { text.parse().map(Self::Stated) }
    }
}

impl Part {
    /// The part, with `auto` looked up among the variables.
    pub(super) fn resolve(self, variable: impl Fn(&str) -> Option<String>) -> Result<Shard, Error> {
        match self {
            Self::Stated(shard) => Ok(shard),
            Self::Auto => of_engine(&variable),
        }
    }
}

/// A program that runs one command on many machines, and the variables by which each learns which one it is.
struct Engine {
    name: &'static str,
    /// The number of this machine.
    index: &'static str,
    /// How many machines there are.
    count: &'static str,
    first: First,
    /// What to do where a variable is missing.
    hint: &'static str,
}

/// The number of the first machine.
enum First {
    Zero,
    One,
    /// Zero or one, as the variable `least` says; the others follow in steps of `step` up to `most`. Numbers with gaps, or
    /// from some other number on, are those of machines that run once more, and do not tell how many there were at first.
    Stated {
        least: &'static str,
        most: &'static str,
        step: &'static str,
    },
}

/// Every engine that `--shard auto` knows. Sources: the manual of `sbatch`, "Job Array Support"; Kubernetes, "Jobs";
/// GitLab, "Predefined CI/CD variables"; GitHub Actions, "Contexts", where `strategy` is no variable, so that the workflow
/// sets two; Buildkite, "Environment variables".
const ENGINES: [Engine; 5] = [
    Engine {
        name: "Slurm",
        index: "SLURM_ARRAY_TASK_ID",
        count: "SLURM_ARRAY_TASK_COUNT",
        first: First::Stated {
            least: "SLURM_ARRAY_TASK_MIN",
            most: "SLURM_ARRAY_TASK_MAX",
            step: "SLURM_ARRAY_TASK_STEP",
        },
        hint: "start the whole array, as in `sbatch --array=1-8`; to run one task again use `scontrol requeue`, or name its part, as in --shard 2/8",
    },
    Engine {
        name: "Kubernetes",
        index: "JOB_COMPLETION_INDEX",
        count: "JOB_COMPLETIONS",
        first: First::Zero,
        hint: "in the Job, set `completionMode: Indexed` and give the container JOB_COMPLETIONS with the value of `completions`",
    },
    Engine {
        name: "GitLab",
        index: "CI_NODE_INDEX",
        count: "CI_NODE_TOTAL",
        first: First::One,
        hint: "give the job `parallel: 8`, or as many as there should be",
    },
    Engine {
        name: "GitHub",
        index: "STRATEGY_JOB_INDEX",
        count: "STRATEGY_JOB_TOTAL",
        first: First::Zero,
        hint: "in `env` of the job, set STRATEGY_JOB_INDEX to ${{ strategy.job-index }} and STRATEGY_JOB_TOTAL to ${{ strategy.job-total }}",
    },
    Engine {
        name: "Buildkite",
        index: "BUILDKITE_PARALLEL_JOB",
        count: "BUILDKITE_PARALLEL_JOB_COUNT",
        first: First::Zero,
        hint: "give the step `parallelism: 8`, or as many as there should be",
    },
];

/// The variables that engines set.
pub(super) fn variables() -> impl Iterator<Item = &'static str> {
    ENGINES.iter().flat_map(|engine| {
        let more = match engine.first {
            First::Stated { least, most, step } => vec![least, most, step],
            First::Zero | First::One => Vec::new(),
        };
        [engine.index, engine.count].into_iter().chain(more)
    })
}

fn of_engine(variable: &dyn Fn(&str) -> Option<String>) -> Result<Shard, Error> {
    let variable = |name: &str| variable(name).filter(|value| !value.is_empty());
    let mut at_work = ENGINES.iter().filter(|engine| variable(engine.index).is_some());
    match (at_work.next(), at_work.next()) {
        (Some(engine), None) => engine.shard(&variable),
        (Some(one), Some(other)) => Err(Error::usage(
            format!("both {} and {} say which part this is ({}, {})", one.name, other.name, one.index, other.index),
            "name the part yourself, as in --shard 2/8",
        )),
        (None, _) => Err(match ENGINES.iter().find(|engine| variable(engine.count).is_some()) {
            Some(engine) => {
                Error::usage(format!("{} is set, but {} is not", engine.count, engine.index), engine.hint.to_owned())
            }
            None => Error::usage(
                format!("no engine says which part this is: none of {} is set", ENGINES.map(|e| e.index).join(", ")),
                "name the part yourself, as in --shard 2/8",
            ),
        }),
    }
}

impl Engine {
    fn shard(&self, variable: &dyn Fn(&str) -> Option<String>) -> Result<Shard, Error> {
        let hint = || self.hint.to_owned();
        let number = |name: &str| -> Result<u32, Error> {
            let Some(value) = variable(name) else {
                return Err(Error::usage(format!("{} is set, but {name} is not", self.index), hint()));
            };
            value.trim().parse().map_err(|_| Error::usage(format!("{name} is `{value}`, which is no number"), hint()))
        };
        let (index, count) = (number(self.index)?, number(self.count)?);
        let (least, step, most) = match self.first {
            First::Zero => (0, 1, None),
            First::One => (1, 1, None),
            First::Stated { least, most, step } => (number(least)?, number(step)?, Some((most, number(most)?))),
        };
        let end = u64::from(least) + u64::from(count.saturating_sub(1)) * u64::from(step);
        let of = || {
            format!(
                "{count} numbers from {least}{}",
                if step == 1 { String::new() } else { format!(" in steps of {step}") }
            )
        };
        if let Some((name, most)) = most.filter(|(_, most)| least > 1 || u64::from(*most) != end) {
            let message = format!("{name} is {most}, so {} are not the whole array", of());
            return Err(Error::usage(message, hint()));
        }
        let above = index.checked_sub(least).filter(|above| step > 0 && above % step == 0).map(|above| above / step);
        match above {
            Some(above) if above < count => Ok(Shard { index: above + 1, count }),
            _ => Err(Error::usage(format!("{} is {index}, which is none of {}", self.index, of()), hint())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Part, variables};

    /// The part that these variables tell, or the message.
    fn part(set: &str) -> String {
        let set: Vec<(&str, &str)> = set.split(' ').filter_map(|pair| pair.split_once('=')).collect();
        let find = |name: &str| set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        assert!(set.iter().all(|(name, _)| variables().any(|known| known == *name)), "main looks them all up");
        Part::Auto.resolve(find).map_or_else(|error| error.to_string(), |shard| shard.to_string())
    }

    fn slurm(id: u32, [least, most]: [u32; 2], step: u32, count: u32) -> String {
        format!(
            "SLURM_ARRAY_TASK_ID={id} SLURM_ARRAY_TASK_MIN={least} SLURM_ARRAY_TASK_MAX={most} \
             SLURM_ARRAY_TASK_STEP={step} SLURM_ARRAY_TASK_COUNT={count}"
        )
    }

    #[test]
    fn each_engine_tells_the_part() {
        assert_eq!(part(&slurm(0, [0, 7], 1, 8)), "1/8");
        assert_eq!(part(&slurm(8, [1, 8], 1, 8)), "8/8");
        assert_eq!(part(&slurm(9, [1, 13], 4, 4)), "3/4");
        assert_eq!(part("JOB_COMPLETION_INDEX=0 JOB_COMPLETIONS=8"), "1/8");
        assert_eq!(part("CI_NODE_INDEX=8 CI_NODE_TOTAL=8"), "8/8");
        assert_eq!(part("STRATEGY_JOB_INDEX=7 STRATEGY_JOB_TOTAL=8"), "8/8");
        assert_eq!(part("BUILDKITE_PARALLEL_JOB=1 BUILDKITE_PARALLEL_JOB_COUNT=8"), "2/8");
        // GitLab says how many there are in every job; that alone is no part.
        assert_eq!(part("JOB_COMPLETION_INDEX=3 JOB_COMPLETIONS=8 CI_NODE_TOTAL=1"), "4/8");
    }

    #[test]
    fn what_tells_no_part_is_named() {
        let says = |set: &str, what: &str| {
            let said = part(set);
            assert!(said.contains(what) && said.contains("hint: "), "{set}: {said}");
        };
        says("", "none of SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX, CI_NODE_INDEX,");
        says("CI_NODE_INDEX= CI_NODE_TOTAL=1", "CI_NODE_TOTAL is set, but CI_NODE_INDEX is not");
        says("JOB_COMPLETION_INDEX=0", "JOB_COMPLETION_INDEX is set, but JOB_COMPLETIONS is not");
        says("CI_NODE_INDEX=0 CI_NODE_TOTAL=8", "CI_NODE_INDEX is 0, which is none of 8 numbers from 1");
        says("BUILDKITE_PARALLEL_JOB=8 BUILDKITE_PARALLEL_JOB_COUNT=8", "which is none of 8 numbers from 0");
        says("STRATEGY_JOB_INDEX=0 STRATEGY_JOB_TOTAL=0", "is 0, which is none of 0 numbers");
        says("STRATEGY_JOB_INDEX=one STRATEGY_JOB_TOTAL=2", "STRATEGY_JOB_INDEX is `one`, which is no number");
        says(&slurm(1, [1, 7], 1, 3), "SLURM_ARRAY_TASK_MAX is 7, so 3 numbers from 1 are not the whole array");
        says(&slurm(3, [3, 3], 1, 1), "1 numbers from 3 are not the whole array");
        says(&slurm(4, [1, 7], 2, 4), "which is none of 4 numbers from 1 in steps of 2");
        says("CI_NODE_INDEX=1 CI_NODE_TOTAL=2 JOB_COMPLETION_INDEX=1 JOB_COMPLETIONS=2", "both Kubernetes and GitLab");
    }
}
