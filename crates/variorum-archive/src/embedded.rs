//! The runner of one machine: threads, and a folder for what is regrouped.

use crate::{Config, Driver, Error, Out, Summary};

/// What a person may see of a job under way.
pub type Progress<'a> = &'a (dyn Fn(&str, usize, usize) + Sync);

/// Makes an archive on this machine. `progress` is told the stage, how many of its parts are done, and of how many.
pub fn run(config: Config, progress: Progress<'_>) -> Result<Summary, Error> {
    let mut driver = Driver::begin(config)?;
    while let Some(stage) = driver.stage()? {
        let mut receipts = Vec::new();
        for (done, name) in stage.names.iter().enumerate() {
            progress(&stage.name, done, stage.names.len());
            crate::map(driver.job(), &stage.name, name, &mut |out| {
                if let Out::Receipt(receipt) = out {
                    receipts.push(receipt);
                }
                Ok(())
            })?;
        }
        driver.take(&stage, receipts)?;
    }
    driver.finish()
}
