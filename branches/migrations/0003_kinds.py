"""Kinds beside the district: quận, thị xã, thành phố, and what else stands directly under a province."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('branches', '0001_squashed_0002_the_desk'),
    ]

    operations = [
        migrations.AlterField(
            model_name='organisation',
            name='kind',
            field=models.CharField(choices=[('commune', 'Xã'), ('ward', 'Phường'), ('township', 'Thị trấn'), ('party_office', 'Cơ quan Đảng, Mặt trận Tổ quốc và đoàn thể'), ('state_office', 'Cơ quan Nhà nước'), ('public_unit', 'Đơn vị sự nghiệp công lập'), ('private_unit', 'Đơn vị sự nghiệp ngoài công lập'), ('army', 'Quân đội'), ('police', 'Công an'), ('state_enterprise', 'Doanh nghiệp có vốn nhà nước'), ('private_enterprise', 'Doanh nghiệp ngoài nhà nước'), ('cooperative', 'Hợp tác xã'), ('abroad', 'Tổ chức cơ sở đảng ở ngoài nước'), ('other', 'Loại khác'), ('village', 'Thôn'), ('street', 'Tổ dân phố'), ('province', 'Tỉnh'), ('district', 'Huyện'), ('urban_district', 'Quận'), ('town', 'Thị xã'), ('city', 'Thành phố'), ('block', 'Đảng bộ khác trực thuộc tỉnh')], max_length=20, verbose_name='Loại hình'),
        ),
        migrations.AlterField(
            model_name='organisation',
            name='tier',
            field=models.CharField(choices=[('province', 'Đảng bộ tỉnh'), ('district', 'Đảng bộ huyện và tương đương'), ('base', 'Tổ chức cơ sở đảng'), ('section', 'Đảng bộ bộ phận'), ('branch', 'Chi bộ trực thuộc')], max_length=12, verbose_name='Cấp'),
        ),
    ]
