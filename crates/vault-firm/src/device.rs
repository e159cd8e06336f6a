//! What this computer is called in the firms' histories.

use std::io;

use uuid::Uuid;
use vault_core::model::DeviceId;
use vault_core::small_file;
use vault_home::private_folder;

use crate::error::{FirmError, cannot};
use crate::firms::{Firms, write};

impl Firms {
    /// What this computer is called: the name it has in its network, and something that tells it from others of the same
    /// name. Made once, and kept.
    ///
    /// # Errors
    /// [`FirmError::Folder`], as the system reports it.
    pub fn device(&self) -> Result<DeviceId, FirmError> {
        let file = self.folder().join("device");
        match small_file::read(&file, small_file::SETTINGS) {
            // What is no name is replaced by one.
            Ok(bytes) => {
                if let Some(device) = String::from_utf8(bytes).ok().and_then(|text| DeviceId::new(text.trim()).ok()) {
                    return Ok(device);
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(cannot("read", &file, error)),
        }
        let (apart, ..) = Uuid::new_v4().as_fields();
        let device = DeviceId::of_computer(&whoami::hostname().unwrap_or_default(), apart);
        private_folder(self.folder()).map_err(|error| cannot("make", self.folder(), error))?;
        write(&file, device.as_str())?;
        Ok(device)
    }
}
