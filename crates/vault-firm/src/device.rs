//! The name of this computer in the firms' histories.

use std::io;

use uuid::Uuid;
use vault_core::model::DeviceId;
use vault_core::small_file;
use vault_home::private_folder;

use crate::error::{FirmError, cannot};
use crate::firms::{Firms, write};

impl Firms {
    /// The id of this computer: its host name, plus a random part that distinguishes computers of the same name.
    /// Created once and kept.
    ///
    /// # Errors
    /// [`FirmError::Folder`], as the system reports it.
    pub fn device(&self) -> Result<DeviceId, FirmError> {
        let file = self.folder().join("device");
        match small_file::read(&file, small_file::SETTINGS) {
            // An invalid id is replaced by a new one.
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
